using System.Diagnostics;
using System.Net;
using Imker.Bytecode;
using Imker.Linux.Tests.Hooks;

namespace Imker.Linux.Tests.Journal;

/// <summary>A process of the test executable that attaches something that outlives it, and waits to be ended.</summary>
internal sealed class AttachingProcess : IDisposable
{
    private const string Switch = "--attach-and-wait";

    private readonly Process process;

    /// <param name="kind">What to attach.</param>
    /// <param name="network">A file that stands for a network namespace.</param>
    /// <param name="place">A cgroup's directory or a path for a pin.</param>
    public AttachingProcess(string kind, string network = "/proc/self/ns/net", string place = "")
    {
        process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Switch, kind, network, place]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        Assert.Equal("attached", process.StandardOutput.ReadLine());
    }

    /// <summary>Called before the test runner starts.</summary>
    public static void RunIfAsked(ReadOnlySpan<string> arguments)
    {
        if (arguments is not [Switch, var kind, var network, var place])
            return;
        // On this thread: another waits for the module's initialization, of which this is a part.
        NetworkNamespace.Enter(network);
        Attach(kind, place);
        Console.WriteLine("attached");
        // Nothing is disposed: the end of the process has to do.
        Console.ReadLine();
        Environment.Exit(0);
    }

    public void KillHard()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void End()
    {
        process.StandardInput.WriteLine();
        process.WaitForExit();
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    private static KernelLink Attach(string kind, string place)
    {
        const int loopback = 1;
        switch (kind)
        {
            case "clsact":
                return ClsactFilter.Attach(HookTest.Load("hook-tc").Programs["see"], loopback, isEgress: false);
            case "xdp":
                return NetlinkXdp.Attach(HookTest.Load("hook-xdp").Programs["see"], loopback, XdpMode.Generic);
            case "route":
                return LwtRoute.Attach(IPNetwork.Parse("198.51.100.0/24"), loopback, HookTest.Load("hook-lwt").Programs["see_out"]);
            case "cgroup":
                return CgroupAttachment.Attach(HookTest.Load("hook-cgroup-sysctl").Programs["see"], AttachType.CgroupSysctl, place);
            case "pin":
                return PinnedObject.Pin(HookTest.Load("hook-xdp").Programs["see"], place);
            default:
                LoadedObject loaded = HookTest.Load("hook-struct-ops");
                loaded.AttachAll(new HookTargets());
                return loaded.Links[0];
        }
    }
}
