using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// An XDP program that was put on an interface by rtnetlink(7), as before links (5.9): it stays when the process is gone, and an interface
/// has one at most.
/// </summary>
public sealed class NetlinkXdp : NetworkAttachment
{
    internal const string KindName = "xdp";

    private const ushort SetLink = 19;
    private const int HeaderSize = 16, IndexOffset = 4;
    private const ushort Xdp = 43, Descriptor = 1, Flags = 3, ExpectedDescriptor = 8;
    private const uint FlagUpdateIfAbsent = 1, FlagReplace = 16;

    private readonly int index;
    private readonly uint programId;
    private readonly XdpMode mode;

    private NetlinkXdp(int index, uint programId, XdpMode mode) => (this.index, this.programId, this.mode) = (index, programId, mode);

    internal NetlinkXdp(JournalFields fields)
        : base(fields) => (index, programId, mode) = (fields.Index("interface"), fields.Word("program"), (XdpMode)fields.Word("mode"));

    public override string Description => $"XDP program {programId} on interface {index}";

    internal override string Kind => KindName;

    /// <summary>Attaches where no program is yet.</summary>
    /// <param name="program">Of the type XDP.</param>
    /// <param name="interfaceIndex">The interface's number in this network namespace.</param>
    /// <param name="mode">Where it runs.</param>
    /// <exception cref="BpfException">There is a program already, or the kernel refuses it.</exception>
    public static KernelLink Attach(KernelProgram program, int interfaceIndex, XdpMode mode = XdpMode.Any)
    {
        ArgumentNullException.ThrowIfNull(program);
        string doing = $"attach {program} to interface {interfaceIndex} by netlink";
        var attachment = new NetlinkXdp(interfaceIndex, program.GetInfo().Id, mode);
        AttachmentJournal.Make(attachment, () =>
        {
            using DescriptorUse use = program.Descriptor.Use();
            if (!Request(interfaceIndex, use.Number, FlagUpdateIfAbsent | (uint)mode, null).TrySend(doing, out Errno error, out string? message))
                throw Refusal(doing, program, error, message);
        });
        return new KernelLink(attachment.Description, attachment);
    }

    internal override void Write(JournalFields fields)
    {
        base.Write(fields);
        fields.Set("interface", (ulong)index);
        fields.Set("program", programId);
        fields.Set("mode", (ulong)mode);
    }

    // The kernel compares the program itself (XDP_FLAGS_REPLACE, 5.7): another one that was put there meanwhile stays.
    private protected override void DetachHere()
    {
        if (KernelProgram.TryOpen(programId) is not { } program)
            return;
        string doing = $"detach {Description}";
        using (program)
        using (DescriptorUse use = program.Descriptor.Use())
        {
            bool isDone = Request(index, -1, FlagReplace | (uint)mode, use.Number).TrySend(doing, out Errno error, out string? message);
            if (!isDone && error != Errno.Exists && error != Errno.NoDevice && error != Errno.NoEntry)
                throw new BpfException(doing, "RTM_SETLINK", error, message);
        }
    }

    private static NetlinkRequest Request(int index, int program, uint flags, int? expected)
    {
        var request = new NetlinkRequest(SetLink, 0, HeaderSize);
        BitConverter.TryWriteBytes(request.Body[IndexOffset..], index);
        return request.AddNested(Xdp, nested =>
        {
            nested.Add(Descriptor, program).Add(Flags, (int)flags);
            if (expected is { } old)
                nested.Add(ExpectedDescriptor, old);
        });
    }

    private static BpfException Refusal(string doing, KernelProgram program, Errno error, string? message) =>
        message is not null || error == Errno.Busy || error == Errno.Exists
            ? new BpfException(doing, "RTM_SETLINK", error, message ?? "the interface has a program already")
            : HookRefusal.Of(doing, "RTM_SETLINK", error, program.Type, program.ExpectedAttachType);
}
