using System.Globalization;
using System.Runtime.ExceptionServices;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Network namespaces (network_namespaces(7)): interfaces, routes and sockets of their own.</summary>
public static class NetworkNamespace
{
    private const string OfThread = "/proc/thread-self/ns/net", Named = "/run/netns";
    private const int CloneNewNetwork = 0x40000000;

    /// <summary>The inode of the one that the calling thread is in, which stands for it.</summary>
    internal static ulong Current => FileFacts.TryGet(OfThread, out FileStatus status) ? status.Inode : 0;

    /// <summary>Runs something on a thread of its own that is in another network namespace, and waits for it.</summary>
    /// <param name="path">What stands for the namespace: a file of <c>/run/netns</c>, or <c>/proc/PID/ns/net</c>.</param>
    /// <param name="action">Sockets, links and netlink requests that it makes are of that namespace.</param>
    /// <exception cref="BpfException">The namespace cannot be entered.</exception>
    public static T Run<T>(string path, Func<T> action)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(action);
        using Descriptor file = PseudoFile.TryOpen(path, out Errno error) ?? throw new BpfException($"enter the network namespace {path}", "open", error);
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter(file, path);
                result = action();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>A file that stands for a namespace; null when none is found, so it is gone or nobody's any more.</summary>
    /// <param name="inode">Its number.</param>
    internal static string? TryFind(ulong inode)
    {
        if (Current == inode)
            return OfThread;
        IEnumerable<string> named = Directory.Exists(Named) ? Directory.EnumerateFiles(Named) : [];
        IEnumerable<string> processes = Directory.EnumerateDirectories("/proc")
            .Where(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out _))
            .Select(path => $"{path}/ns/net");
        return named.Concat(processes).FirstOrDefault(path => FileFacts.TryGet(path, out FileStatus status) && status.Inode == inode);
    }

    /// <summary>Puts the calling thread into another network namespace, where it stays.</summary>
    /// <exception cref="BpfException">The namespace cannot be entered.</exception>
    internal static void Enter(string path)
    {
        using Descriptor file = PseudoFile.TryOpen(path, out Errno error) ?? throw new BpfException($"enter the network namespace {path}", "open", error);
        Enter(file, path);
    }

    private static void Enter(Descriptor file, string path)
    {
        using DescriptorUse use = file.Use();
        if (Libc.SetNamespace(use.Number, CloneNewNetwork) < 0)
            throw BpfException.ForPrivileged($"enter the network namespace {path}", "setns", Libc.LastError, Capability.SysAdmin);
    }
}
