using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>All programs, maps, links and type information of the kernel, by their numbers. It takes CAP_SYS_ADMIN.</summary>
public static class KernelObjects
{
    /// <summary>The numbers that are given now, ascending; what comes and goes meanwhile may be missed.</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static IReadOnlyList<uint> Ids(KernelObjectKind kind)
    {
        List<uint> ids = [];
        BpfCommand command = NextCommand(kind);
        for (var attributes = new IdAttributes(); ; attributes.Id = attributes.NextId)
        {
            if (BpfSyscall.Call(command, ref attributes, out Errno error) >= 0)
                ids.Add(attributes.NextId);
            else if (error == Errno.NoEntry)
                return ids;
            else
                throw BpfException.ForPrivileged("list what is loaded", command.KernelName(), error, Capability.SysAdmin);
        }
    }

    /// <summary>What holds an object of that number; null when it is gone.</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    internal static Descriptor? TryOpen(KernelObjectKind kind, uint id)
    {
        BpfCommand command = OpenCommand(kind);
        var attributes = new IdAttributes { Id = id };
        if (BpfSyscall.Open(command, ref attributes, out Errno error) is { } descriptor)
            return descriptor;
        return error == Errno.NoEntry
            ? null
            : throw BpfException.ForPrivileged($"open {NameOf(kind)} {id}", command.KernelName(), error, Capability.SysAdmin);
    }

    /// <summary>The number of what a descriptor holds; 0 when the kernel does not tell.</summary>
    internal static uint IdOf(Descriptor descriptor)
    {
        // It is the second word of what the kernel tells of programs, maps and links alike.
        BpfLinkInfo info = default;
        return ObjectInfo.TryGet(descriptor, ref info, out _) ? info.Id : 0;
    }

    /// <summary>As messages call it: <c>program</c>, <c>type information</c>.</summary>
    internal static string NameOf(KernelObjectKind kind) => kind switch
    {
        KernelObjectKind.Program => "program",
        KernelObjectKind.Map => "map",
        KernelObjectKind.Link => "link",
        _ => "type information",
    };

    private static BpfCommand NextCommand(KernelObjectKind kind) => kind switch
    {
        KernelObjectKind.Program => BpfCommand.ProgramGetNextId,
        KernelObjectKind.Map => BpfCommand.MapGetNextId,
        KernelObjectKind.Link => BpfCommand.LinkGetNextId,
        _ => BpfCommand.BtfGetNextId,
    };

    private static BpfCommand OpenCommand(KernelObjectKind kind) => kind switch
    {
        KernelObjectKind.Program => BpfCommand.ProgramGetById,
        KernelObjectKind.Map => BpfCommand.MapGetById,
        KernelObjectKind.Link => BpfCommand.LinkGetById,
        _ => BpfCommand.BtfGetById,
    };
}
