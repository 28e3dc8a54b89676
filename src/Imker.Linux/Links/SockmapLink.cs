using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// Attaches programs of the types SK_SKB and SK_MSG to the sockets in a map: by a link where the kernel has such links (6.10), else by
/// BPF_PROG_ATTACH, which the map takes with it when it goes.
/// </summary>
public static class SockmapLink
{
    /// <param name="program">Loaded for <paramref name="attachType"/>.</param>
    /// <param name="attachType">SK_SKB_STREAM_PARSER, SK_SKB_STREAM_VERDICT, SK_SKB_VERDICT or SK_MSG_VERDICT.</param>
    /// <param name="sockets">Of the type SOCKMAP or SOCKHASH.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink Attach(KernelProgram program, AttachType attachType, KernelMap sockets)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(sockets);
        string name = $"{program} to the sockets of map '{sockets.Name}'";
        using DescriptorUse target = sockets.Descriptor.Use();
        var link = new LinkCreateAttributes { Target = target.Number };
        if (LinkCreation.TryCreate(program, attachType, ref link, out _) is { } descriptor)
            return new KernelLink(name, descriptor);
        if (!Call(BpfCommand.ProgramAttach, sockets.Descriptor, program.Descriptor, attachType, out Errno error))
            throw HookRefusal.Of($"attach {name}", BpfCommand.ProgramAttach, error, program.Type, attachType);
        // Own descriptors, because what was given may be disposed before.
        Descriptor map = sockets.Descriptor.Duplicate(), attached = program.Descriptor.Duplicate();
        return new KernelLink(name, () =>
        {
            using (map)
            using (attached)
                Call(BpfCommand.ProgramDetach, map, attached, attachType, out _);
        });
    }

    private static bool Call(BpfCommand command, Descriptor sockets, Descriptor program, AttachType attachType, out Errno error)
    {
        using DescriptorUse target = sockets.Use(), use = program.Use();
        var attributes = new ProgramAttachAttributes { Target = target.Number, Program = use.Number, AttachType = (uint)attachType };
        return BpfSyscall.Call(command, ref attributes, out error) >= 0;
    }
}
