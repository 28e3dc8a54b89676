using System.Text;
using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed unsafe partial class KernelLink
{
    private const int LongestText = 4096;
    private const uint ReturnFlag = 1;

    /// <summary>Opens a link by its number; null when there is none. It stays attached when that is disposed, if something else holds it.</summary>
    /// <exception cref="BpfException">The kernel refuses it; it takes CAP_SYS_ADMIN.</exception>
    public static KernelLink? TryOpen(uint id) =>
        KernelObjects.TryOpen(KernelObjectKind.Link, id) is { } descriptor ? new KernelLink($"link {id}", descriptor) : null;

    /// <summary>Opens a link by its path in the file system of BPF; null where nothing is.</summary>
    /// <exception cref="BpfException">What is there is no link, or cannot be opened.</exception>
    public static KernelLink? TryOpenPinned(string path) =>
        ObjectPins.TryOpen(KernelObjectKind.Link, path) is { } descriptor ? new KernelLink($"the link pinned at {path}", descriptor) : null;

    /// <summary>What the kernel knows of it.</summary>
    /// <exception cref="BpfException">The kernel refuses it: before 5.15, perf events have no links.</exception>
    public LinkInfo GetInfo()
    {
        BpfLinkInfo info = Ask(default);
        return new LinkInfo(info.Id, (LinkType)info.Type, info.ProgramId, TargetOf(info));
    }

    /// <summary>Gives the link a name in the file system of BPF, under which it stays attached when this process is gone.</summary>
    /// <param name="path">Below a mount of bpffs; nothing is there yet.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public void Pin(string path) => ObjectPins.Pin(OwnDescriptor("pin"), Name, path);

    /// <summary>Detaches whoever holds it (BPF_LINK_DETACH, 5.9); the link itself stays, attached to nothing.</summary>
    /// <exception cref="BpfException">The kernel refuses it: perf events, tracepoints and iterators cannot be.</exception>
    public void ForceDetach()
    {
        using DescriptorUse use = OwnDescriptor("detach").Use();
        var attributes = new SingleAttribute { Value = use.Number };
        if (BpfSyscall.Call(BpfCommand.LinkDetach, ref attributes, out Errno error) < 0)
        {
            throw new BpfException($"detach {Name}", BpfCommand.LinkDetach.KernelName(), error,
                error == Errno.NotSupported ? "links of this type go when the last process or pin that holds them does" : null);
        }
    }

    private LinkTarget TargetOf(BpfLinkInfo info) => (LinkType)info.Type switch
    {
        LinkType.RawTracepoint => new RawTracepointLinkTarget(ReadPointed()),
        LinkType.Tracing => new TracingLinkTarget((AttachType)info.First, info.Second, info.Third),
        LinkType.Cgroup => new CgroupLinkTarget(info.CgroupId, (AttachType)info.CgroupAttachType),
        LinkType.Iter => IteratorTarget(info),
        LinkType.Netns => new NetnsLinkTarget(info.First, (AttachType)info.Second),
        LinkType.Xdp => new InterfaceLinkTarget(info.First, null),
        LinkType.Tcx or LinkType.Netkit => new InterfaceLinkTarget(info.First, (AttachType)info.Second),
        LinkType.StructOps => new StructOpsLinkTarget(info.First),
        LinkType.Netfilter => new NetfilterLinkTarget(info.First, info.Second, (int)info.Third, info.Fourth),
        LinkType.Sockmap => new SockmapLinkTarget(info.First, (AttachType)info.Second),
        LinkType.KprobeMulti => KprobeTarget(info),
        LinkType.UprobeMulti => UprobeTarget(info),
        LinkType.PerfEvent => PerfTarget(info),
        _ => new UnknownLinkTarget(),
    };

    private IteratorLinkTarget IteratorTarget(BpfLinkInfo info)
    {
        string name = ReadPointed();
        bool isTask = name.StartsWith("task", StringComparison.Ordinal);
        return new IteratorLinkTarget(name, name.Contains("map", StringComparison.Ordinal) ? info.Fourth : 0,
            name == "cgroup" ? info.Cookie : 0, isTask ? (uint)info.Cookie : 0);
    }

    private KprobeMultiLinkTarget KprobeTarget(BpfLinkInfo info)
    {
        ulong[] addresses = new ulong[info.Third];
        fixed (ulong* pointer = addresses)
            Ask(new BpfLinkInfo { Pointer = (ulong)pointer, PointerLength = (uint)addresses.Length });
        return new KprobeMultiLinkTarget((info.Fourth & ReturnFlag) != 0, info.KprobesMissed, [.. addresses]);
    }

    private UprobeMultiLinkTarget UprobeTarget(BpfLinkInfo info)
    {
        ulong[] offsets = new ulong[info.UprobeCount];
        byte[] path = new byte[LongestText];
        fixed (ulong* pointer = offsets)
        fixed (byte* pathPointer = path)
        {
            Ask(new BpfLinkInfo
            {
                Pointer = (ulong)pathPointer,
                UprobePathLength = LongestText,
                UprobeOffsets = (ulong)pointer,
                UprobeCount = (uint)offsets.Length,
            });
        }
        return new UprobeMultiLinkTarget((info.UprobeFlags & ReturnFlag) != 0, Text(path), info.UprobePid, [.. offsets]);
    }

    private PerfEventLinkTarget PerfTarget(BpfLinkInfo info)
    {
        var kind = (PerfEventKind)info.First;
        if (kind is PerfEventKind.Unspecified or PerfEventKind.Event)
            return new PerfEventLinkTarget(kind, "", 0, 0, info.PerfConfig, info.PerfType);
        byte[] name = new byte[LongestText];
        fixed (byte* pointer = name)
            info = Ask(new BpfLinkInfo { PerfPointer = (ulong)pointer, PerfPointerLength = LongestText });
        bool isKprobe = kind is PerfEventKind.Kprobe or PerfEventKind.Kretprobe;
        return new PerfEventLinkTarget(kind, Text(name), kind == PerfEventKind.Tracepoint ? 0 : info.PerfOffset, isKprobe ? info.PerfAddressOrCookie : 0, 0, 0);
    }

    private string ReadPointed()
    {
        byte[] text = new byte[LongestText];
        fixed (byte* pointer = text)
            Ask(new BpfLinkInfo { Pointer = (ulong)pointer, PointerLength = LongestText });
        return Text(text);
    }

    private static string Text(ReadOnlySpan<byte> buffer)
    {
        int end = buffer.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? buffer : buffer[..end]);
    }

    private BpfLinkInfo Ask(BpfLinkInfo request)
    {
        if (!ObjectInfo.TryGet(OwnDescriptor("ask about"), ref request, out Errno error))
            throw new BpfException($"ask about {Name}", BpfCommand.ObjectGetInfoByDescriptor.KernelName(), error);
        return request;
    }
}
