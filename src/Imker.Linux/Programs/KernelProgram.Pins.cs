using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed partial class KernelProgram
{
    /// <summary>Gives the program a name in the file system of BPF, under which it outlives this process.</summary>
    /// <param name="path">Below a mount of bpffs; nothing is there yet.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public void Pin(string path) => ObjectPins.Pin(Descriptor, ToString(), path);

    /// <summary>Opens a program by its path in the file system of BPF; null where nothing is.</summary>
    /// <exception cref="BpfException">What is there is no program, or cannot be opened.</exception>
    public static KernelProgram? TryOpenPinned(string path) =>
        ObjectPins.TryOpen(KernelObjectKind.Program, path) is { } descriptor ? Opened(descriptor, $"the program pinned at {path}") : null;

    /// <summary>Opens a program by its number; null when there is none.</summary>
    /// <exception cref="BpfException">The kernel refuses it; it takes CAP_SYS_ADMIN.</exception>
    public static KernelProgram? TryOpen(uint id) =>
        KernelObjects.TryOpen(KernelObjectKind.Program, id) is { } descriptor ? Opened(descriptor, $"program {id}") : null;

    private static KernelProgram Opened(Descriptor descriptor, string what)
    {
        BpfProgramInfo info = default;
        if (ObjectInfo.TryGet(descriptor, ref info, out Errno error))
            return new KernelProgram(descriptor, info.Name.ToString(), (ProgramType)info.Type);
        descriptor.Dispose();
        throw new BpfException($"ask about {what}", BpfCommand.ObjectGetInfoByDescriptor.KernelName(), error);
    }
}
