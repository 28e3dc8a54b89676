using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches a table of functions for as long as the link is held (kernel 6.4).</summary>
public static class StructOpsLink
{
    /// <param name="map">Of the type STRUCT_OPS, made with <c>BPF_F_LINK</c>, its value written.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink Attach(KernelMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        using DescriptorUse use = map.Descriptor.Use();
        var attributes = new LinkCreateAttributes { Program = use.Number, AttachType = (uint)AttachType.StructOps };
        Descriptor link = BpfSyscall.Open(BpfCommand.LinkCreate, ref attributes, out Errno error)
            ?? throw HookRefusal.Of($"attach the table '{map.Name}'", BpfCommand.LinkCreate, error, ProgramType.StructOps, AttachType.StructOps);
        return new KernelLink(map.Name, link);
    }
}
