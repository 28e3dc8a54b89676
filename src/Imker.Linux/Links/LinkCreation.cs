using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>BPF_LINK_CREATE.</summary>
internal static class LinkCreation
{
    internal static Descriptor? TryCreate(KernelProgram program, AttachType attachType, ref LinkCreateAttributes attributes, out Errno error)
    {
        using DescriptorUse use = program.Descriptor.Use();
        attributes.Program = use.Number;
        attributes.AttachType = (uint)attachType;
        return BpfSyscall.Open(BpfCommand.LinkCreate, ref attributes, out error);
    }
}
