using Imker.Bytecode.Classic;
using Imker.Filter.Protocols;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

internal sealed partial class CodeGenerator
{
    // What Linux writes into the protocol field of a cooked header for frames without Ethernet type.
    private const uint CookedNovell = 0x0001, CookedLlc = 0x0004;
    private const uint NovellMarker = 0xffff, AppleOrganization = 0x080007;

    private Condition EthernetProtocol(uint protocol)
    {
        switch (protocol)
        {
            case LlcAddress.Iso or LlcAddress.Ip or LlcAddress.Netbeui:
                Condition framed = HasLength();
                return Condition.And(framed, Equal(OffsetBase.Llc, 0, LoadSize.Half, protocol << 8 | protocol));
            case LlcAddress.Ipx:
                return IpxOverEthernet();
            case EtherType.AppleTalk or EtherType.Aarp:
                Condition snapFrame = HasLength();
                Condition snap = Condition.And(snapFrame, AppleSnap(protocol));
                return Condition.Or(Equal(OffsetBase.LinkType, 0, LoadSize.Half, protocol), snap);
            case <= EtherType.LargestLength:
                Condition length = HasLength();
                return Condition.And(length, Equal(OffsetBase.LinkType, 2, LoadSize.Byte, protocol));
            default:
                return Equal(OffsetBase.LinkType, 0, LoadSize.Half, protocol);
        }
    }

    // An IEEE 802.3 frame: a length stands where Ethernet has the type.
    private Condition HasLength() => Greater(OffsetBase.LinkType, 0, LoadSize.Half, EtherType.LargestLength).Not();

    // Four encapsulations: Ethernet II, plain 802.3, 802.2 and SNAP.
    private Condition IpxOverEthernet()
    {
        Condition llc = Equal(OffsetBase.Llc, 0, LoadSize.Byte, LlcAddress.Ipx);
        Condition plain = Condition.Or(llc, Equal(OffsetBase.Llc, 0, LoadSize.Half, NovellMarker));
        Condition any = Condition.Or(Snap(0, EtherType.Ipx), plain);
        Condition framed = Condition.And(HasLength(), any);
        return Condition.Or(Equal(OffsetBase.LinkType, 0, LoadSize.Half, EtherType.Ipx), framed);
    }

    private Condition AppleSnap(uint protocol) => Snap(protocol == EtherType.AppleTalk ? AppleOrganization : 0, protocol);

    private Condition CookedProtocol(uint protocol)
    {
        switch (protocol)
        {
            case LlcAddress.Iso or LlcAddress.Ip or LlcAddress.Netbeui:
                return Condition.And(Cooked(CookedLlc), Equal(OffsetBase.Llc, 0, LoadSize.Half, protocol << 8 | protocol));
            case LlcAddress.Ipx:
                Condition llc = Equal(OffsetBase.Llc, 0, LoadSize.Byte, LlcAddress.Ipx);
                Condition framed = Condition.And(Cooked(CookedLlc), Condition.Or(llc, Snap(0, EtherType.Ipx)));
                return Condition.Or(Cooked(EtherType.Ipx), Condition.Or(Cooked(CookedNovell), framed));
            case EtherType.AppleTalk or EtherType.Aarp:
                return Condition.Or(Cooked(protocol), Condition.And(Cooked(CookedLlc), AppleSnap(protocol)));
            case <= EtherType.LargestLength:
                return Condition.And(Cooked(CookedLlc), Equal(OffsetBase.LinkHeader, linkPayload.Constant, LoadSize.Byte, protocol));
            default:
                return Cooked(protocol);
        }

        Condition Cooked(uint value) => Equal(OffsetBase.LinkType, 0, LoadSize.Half, value);
    }

    // Link-layer types whose frames always have an LLC header.
    private Condition LlcProtocol(uint protocol) => protocol switch
    {
        LlcAddress.Iso or LlcAddress.Ip or LlcAddress.Netbeui => Equal(OffsetBase.Llc, 0, LoadSize.Half, protocol << 8 | protocol),
        EtherType.AppleTalk => Snap(AppleOrganization, EtherType.AppleTalk),
        <= EtherType.LargestLength => Equal(OffsetBase.Llc, 0, LoadSize.Byte, protocol),
        // Only the type in the SNAP header is compared; that it is one is taken for granted.
        _ => Equal(OffsetBase.Llc, 6, LoadSize.Half, protocol),
    };

    private Condition Snap(uint organization, uint protocol) => EqualBytes(OffsetBase.Llc, 0,
    [
        (byte)LlcAddress.Snap, (byte)LlcAddress.Snap, 0x03,
        (byte)(organization >> 16), (byte)(organization >> 8), (byte)organization,
        (byte)(protocol >> 8), (byte)protocol,
    ]);

    private Condition Llc(LlcFormat? format)
    {
        Condition header = HasLlcHeader();
        if (format is not { } wanted)
            return header;
        Condition control = wanted == new LlcFormat(0, 1)
            ? Test(Load(OffsetBase.Llc, 2, LoadSize.Byte), ClassicOpcode.JumpSet, 1).Not()
            : Masked(OffsetBase.Llc, 2, LoadSize.Byte, wanted.Value, wanted.Mask);
        return Condition.And(header, control);
    }

    private Condition HasLlcHeader()
    {
        switch (link.Name)
        {
            case "EN10MB":
                Condition framed = HasLength();
                return Condition.And(framed, Equal(OffsetBase.Llc, 0, LoadSize.Half, NovellMarker).Not());
            case "SUNATM":
                return AtmTraffic(AtmLlc);
            case "IEEE802" or "FDDI" or "ATM_RFC1483":
                return Always();
            case var _ when IsWlan(link):
                return WlanDataFrame();
            default:
                return NotForLink("'llc'");
        }
    }

    private Condition NotForLink(string what, params ReadOnlySpan<string> hints) =>
        Fail(FilterBindId.NotForLinkType, $"{what} cannot be asked of packets of the link-layer type {link.Name} ({link.Description})", hints);
}
