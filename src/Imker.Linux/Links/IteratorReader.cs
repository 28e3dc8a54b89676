using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>One walk of an iterator: what its program writes, read as a stream.</summary>
public static class IteratorReader
{
    /// <summary>Starts a walk; the program runs as the stream is read.</summary>
    /// <param name="link">Of an iterator.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static Stream Open(KernelLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        using DescriptorUse use = link.OwnDescriptor("walk by").Use();
        var attributes = new SingleAttribute { Value = use.Number };
        Descriptor walk = BpfSyscall.Open(BpfCommand.IteratorCreate, ref attributes, out Errno error)
            ?? throw new BpfException($"walk by {link.Name}", BpfCommand.IteratorCreate.KernelName(), error);
        return new FileStream(walk.ToFileHandle(), FileAccess.Read, bufferSize: 0);
    }

    /// <summary>All that the program writes in one walk.</summary>
    /// <inheritdoc cref="Open"/>
    public static string ReadText(KernelLink link)
    {
        using var reader = new StreamReader(Open(link));
        return reader.ReadToEnd();
    }
}
