using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches TRACING programs that walk through objects of the kernel (<c>iter/task</c>, kernel 5.8).</summary>
public static class IteratorLink
{
    /// <param name="program">Of the type TRACING, typed by an iterator.</param>
    /// <param name="name">What a person calls the attach point.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink Attach(KernelProgram program, string name)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(name);
        var attributes = default(LinkCreateAttributes);
        Descriptor link = LinkCreation.TryCreate(program, AttachType.TraceIter, ref attributes, out Errno error)
            ?? throw BpfException.ForPrivileged($"attach {name}", BpfCommand.LinkCreate.KernelName(), error, Capability.Bpf, Capability.Perfmon);
        return new KernelLink(name, link);
    }
}
