using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// Probes that try a link with a valid program and a target that cannot be: what a kernel that knows the kind of link says about the
/// target (kernel sources, <c>link_create</c>) differs from its EINVAL for an unknown kind.
/// </summary>
internal static unsafe class LinkProbe
{
    internal static FeatureState HasPerfLink()
    {
        var attributes = new LinkCreateAttributes { Target = -1 };
        return Try(ProgramType.Tracepoint, null, AttachType.PerfEvent, ref attributes, Errno.BadDescriptor);
    }

    /// <summary>The root directory is no file that could be probed.</summary>
    internal static FeatureState HasUprobeMulti(AttachType attachType)
    {
        ulong offset = 0;
        fixed (byte* path = CString.Bytes("/"))
        {
            var attributes = new LinkCreateAttributes { UprobePath = (ulong)path, UprobeOffsets = (ulong)&offset, UprobeCount = 1 };
            return Try(ProgramType.Kprobe, attachType, attachType, ref attributes, Errno.BadDescriptor);
        }
    }

    internal static FeatureState HasKprobeMulti()
    {
        fixed (byte* symbol = CString.Bytes("imker no such function"))
        {
            byte* symbols = symbol;
            var attributes = new LinkCreateAttributes { KprobeCount = 1, KprobeSymbols = (ulong)&symbols };
            return Try(ProgramType.Kprobe, AttachType.TraceKprobeMulti, AttachType.TraceKprobeMulti, ref attributes, Errno.NoProcess);
        }
    }

    private static FeatureState Try(
        ProgramType type, AttachType? expected, AttachType attachType, ref LinkCreateAttributes attributes, Errno known)
    {
        using KernelProgram? program = ProgramProbe.TryLoadEmpty(type, expected, out Errno error);
        if (program is null)
            return FeatureProbes.StateOf(error);
        using Descriptor? link = LinkCreation.TryCreate(program, attachType, ref attributes, out error);
        return error == known ? FeatureState.Present : FeatureProbes.StateOf(error);
    }
}
