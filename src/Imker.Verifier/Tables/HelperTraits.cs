using Imker.Bytecode;

namespace Imker.Verifier.Tables;

/// <summary>What a helper does beside its prototype.</summary>
internal static class HelperTraits
{
    /// <summary>May move the packet, so that pointers into it are stale (kernel: <c>bpf_helper_changes_pkt_data</c>).</summary>
    public static bool ChangesPacket(HelperId id) => id is HelperId.SkbVlanPush or HelperId.SkbVlanPop or HelperId.SkbStoreBytes or HelperId.SkbChangeProto
        or HelperId.SkbChangeHead or HelperId.SkbChangeTail or HelperId.SkbPullData or HelperId.SkbAdjustRoom or HelperId.L3CsumReplace or HelperId.L4CsumReplace
        or HelperId.XdpAdjustHead or HelperId.XdpAdjustMeta or HelperId.XdpAdjustTail or HelperId.MsgPullData or HelperId.MsgPushData or HelperId.MsgPopData
        or HelperId.CloneRedirect or HelperId.LwtSeg6StoreBytes or HelperId.LwtSeg6AdjustSrh or HelperId.LwtSeg6Action or HelperId.LwtPushEncap
        or HelperId.StoreHdrOpt or HelperId.TailCall;

    /// <summary>May be given packet memory as argument (<c>pkt_access</c> of the kernel's prototypes).</summary>
    public static bool TakesPacket(HelperId id) => id is HelperId.MapLookupElem or HelperId.MapUpdateElem or HelperId.MapDeleteElem or HelperId.MapPushElem
        or HelperId.MapPopElem or HelperId.MapPeekElem or HelperId.CsumDiff or HelperId.SkLookupTcp or HelperId.SkLookupUdp or HelperId.SkcLookupTcp
        or HelperId.TcpCheckSyncookie or HelperId.TcpGenSyncookie or HelperId.TcpRawGenSyncookieIpv4 or HelperId.TcpRawGenSyncookieIpv6
        or HelperId.TcpRawCheckSyncookieIpv4 or HelperId.TcpRawCheckSyncookieIpv6 or HelperId.MapLookupPercpuElem or HelperId.Strtol or HelperId.Strtoul;

    /// <summary>Its result is a reference that has to be given back.</summary>
    public static bool Acquires(HelperId id) => id is HelperId.SkLookupTcp or HelperId.SkLookupUdp or HelperId.SkcLookupTcp or HelperId.RingbufReserve or HelperId.KptrXchg;

    /// <summary>Its result hangs on the reference of its argument.</summary>
    public static bool Casts(HelperId id) => id is HelperId.SkFullsock or HelperId.TcpSock or HelperId.SkcToTcp6Sock or HelperId.SkcToTcpSock
        or HelperId.SkcToTcpTimewaitSock or HelperId.SkcToTcpRequestSock or HelperId.SkcToUdp6Sock or HelperId.SkcToMptcpSock or HelperId.SkcToUnixSock;

    /// <summary>Runs a callback of the program before it returns.</summary>
    public static bool RunsCallback(HelperId id) => id is HelperId.ForEachMapElem or HelperId.FindVma or HelperId.Loop or HelperId.UserRingbufDrain;
}
