using System.Net;
using System.Net.Sockets;
using System.Text;
using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// A route whose packets pass programs of the types LWT_IN, LWT_OUT and LWT_XMIT (<c>ip route add … encap bpf</c>). It stays when the
/// process is gone.
/// </summary>
public sealed class LwtRoute : NetworkAttachment
{
    internal const string KindName = "route";

    private const ushort NewRoute = 24, DeleteRoute = 25, GetRoute = 26;
    private const int HeaderSize = 12;
    private const ushort Destination = 1, OutputInterface = 4, EncapsulationType = 21, Encapsulation = 22;
    private const ushort EncapsulationBpf = 6, In = 1, Out = 2, Xmit = 3, ProgramDescriptor = 1, ProgramName = 2;
    private const byte MainTable = 254, StaticProtocol = 4, LinkScope = 253, Unicast = 1;

    private readonly IPNetwork destination;
    private readonly int index;
    private readonly string mark;

    private LwtRoute(IPNetwork destination, int index, string mark) => (this.destination, this.index, this.mark) = (destination, index, mark);

    internal LwtRoute(JournalFields fields)
        : base(fields)
    {
        destination = IPNetwork.TryParse(fields["destination"], out IPNetwork parsed) ? parsed : throw new FormatException("the journal's 'destination' is no network");
        (index, mark) = (fields.Index("interface"), fields["mark"]);
    }

    public override string Description => $"the route to {destination} over interface {index}";

    internal override string Kind => KindName;

    /// <param name="destination">Where the packets go.</param>
    /// <param name="interfaceIndex">The interface that they leave by, in this network namespace.</param>
    /// <param name="programs">Of different types among LWT_IN, LWT_OUT and LWT_XMIT.</param>
    /// <exception cref="ArgumentException">A program is of another type.</exception>
    /// <exception cref="BpfException">There is such a route, or the kernel refuses it.</exception>
    public static KernelLink Attach(IPNetwork destination, int interfaceIndex, params ReadOnlySpan<KernelProgram> programs)
    {
        // The kernel tells of these programs their names only, so they get one that nobody else gives.
        string mark = $"imker:{Guid.NewGuid():N}";
        var attachment = new LwtRoute(destination, interfaceIndex, mark);
        NetlinkRequest request = attachment.Request(NewRoute, NetlinkRequest.Create | NetlinkRequest.Exclusive);
        KernelProgram[] all = [.. programs];
        AttachmentJournal.Make(attachment, () => attachment.Send(request, all));
        return new KernelLink(attachment.Description, attachment);
    }

    internal override void Write(JournalFields fields)
    {
        base.Write(fields);
        fields["destination"] = destination.ToString();
        fields.Set("interface", (ulong)index);
        fields["mark"] = mark;
    }

    private protected override void DetachHere()
    {
        if (!IsThere())
            return;
        string doing = $"remove {Description}";
        if (!Request(DeleteRoute, 0).TrySend(doing, out Errno error, out string? message) && error != Errno.NoProcess)
            throw new BpfException(doing, "RTM_DELROUTE", error, message);
    }

    private void Send(NetlinkRequest request, KernelProgram[] programs)
    {
        // Released only when the request has been sent.
        DescriptorUse first = new(programs.ElementAtOrDefault(0)?.Descriptor), second = new(programs.ElementAtOrDefault(1)?.Descriptor),
            third = new(programs.ElementAtOrDefault(2)?.Descriptor);
        using (first)
        using (second)
        using (third)
        {
            int[] numbers = [first.Number, second.Number, third.Number];
            request.Add(EncapsulationType, BitConverter.GetBytes(EncapsulationBpf)).AddNested(Encapsulation, nested =>
            {
                for (int i = 0; i < programs.Length; i++)
                {
                    int number = numbers[i];
                    nested.AddNested(HookOf(programs[i]), hook => hook.Add(ProgramDescriptor, number).Add(ProgramName, mark));
                }
            });
            string doing = $"add {Description}";
            if (!request.TrySend(doing, out Errno error, out string? message))
            {
                throw message is null && programs is [var program, ..] ? HookRefusal.Of(doing, "RTM_NEWROUTE", error, program.Type, null)
                    : new BpfException(doing, "RTM_NEWROUTE", error, message is null ? null : $"the kernel says: {message}");
            }
        }
    }

    private static ushort HookOf(KernelProgram program) => program.Type switch
    {
        ProgramType.LwtIn => In,
        ProgramType.LwtOut => Out,
        ProgramType.LwtXmit => Xmit,
        _ => throw new ArgumentException($"{program} is of the type {program.Type}, which no route runs", nameof(program)),
    };

    private bool IsThere()
    {
        bool found = false;
        byte[] body = new byte[HeaderSize], wanted = Encoding.UTF8.GetBytes(mark);
        body[0] = Family;
        NetlinkDump.Run("list routes", SocketConstants.NetlinkRoute, GetRoute, body, HeaderSize, message => found |= message.IndexOf(wanted) >= 0);
        return found;
    }

    private byte Family => (byte)(destination.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 ? 10 : 2);

    private NetlinkRequest Request(ushort type, ushort flags)
    {
        var request = new NetlinkRequest(type, flags, HeaderSize);
        Span<byte> body = request.Body;
        body[0] = Family;
        body[1] = (byte)destination.PrefixLength;
        body[4] = MainTable;
        body[5] = StaticProtocol;
        body[6] = Family == 2 ? LinkScope : (byte)0;
        body[7] = Unicast;
        return request.Add(Destination, destination.BaseAddress.GetAddressBytes()).Add(OutputInterface, index);
    }
}
