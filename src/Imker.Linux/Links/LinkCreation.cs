using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>BPF_LINK_CREATE.</summary>
internal static class LinkCreation
{
    /// <param name="name">What a person calls the attach point.</param>
    /// <param name="attachType">What for.</param>
    /// <param name="attributes">The target, and what belongs to the kind of link.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    internal static KernelLink Create(KernelProgram program, AttachType attachType, ref LinkCreateAttributes attributes, string name) =>
        TryCreate(program, attachType, ref attributes, out Errno error) is { } link
            ? new KernelLink(name, link)
            : throw HookRefusal.Of($"attach {name}", BpfCommand.LinkCreate, error, program.Type, attachType);

    internal static Descriptor? TryCreate(KernelProgram program, AttachType attachType, ref LinkCreateAttributes attributes, out Errno error)
    {
        using DescriptorUse use = program.Descriptor.Use();
        attributes.Program = use.Number;
        attributes.AttachType = (uint)attachType;
        return BpfSyscall.Open(BpfCommand.LinkCreate, ref attributes, out error);
    }
}
