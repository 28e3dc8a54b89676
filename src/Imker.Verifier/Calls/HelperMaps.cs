using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Verifier.Calls;

/// <summary>Which maps a helper takes, and which helpers a map takes (kernel: <c>check_map_func_compatibility</c>).</summary>
internal static class HelperMaps
{
    /// <summary>Why the two do not fit; null where they do.</summary>
    public static string? ProblemOf(ProgramSpec program, HelperId helper, MapType map)
    {
        if (map is MapType.Sockmap or MapType.Sockhash && helper is HelperId.MapUpdateElem or HelperId.MapDeleteElem && !MayChangeSockets(program, helper))
            return $"programs of type {KernelConstants.ProgramTypes.NameOf(program.Type)} may not change maps of sockets";
        if (!TakesHelper(map, helper))
            return $"a map of type {KernelConstants.MapTypes.NameOf(map)} is not for this helper";
        return TakesMap(helper, map) ? null : $"the helper is not for maps of type {KernelConstants.MapTypes.NameOf(map)}";
    }

    private static bool MayChangeSockets(ProgramSpec program, HelperId helper) => program.Type switch
    {
        ProgramType.Tracing => program.ExpectedAttachType == AttachType.TraceIter,
        ProgramType.SockOps => helper == HelperId.MapDeleteElem,
        ProgramType.SocketFilter or ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.Xdp or ProgramType.SkReuseport or ProgramType.FlowDissector
            or ProgramType.SkLookup => true,
        _ => false,
    };

    private static bool TakesHelper(MapType map, HelperId helper) => map switch
    {
        MapType.ProgArray => helper is HelperId.TailCall,
        MapType.PerfEventArray => helper is HelperId.PerfEventRead or HelperId.PerfEventOutput or HelperId.SkbOutput or HelperId.PerfEventReadValue or HelperId.XdpOutput,
        MapType.RingBuffer => helper is HelperId.RingbufOutput or HelperId.RingbufReserve or HelperId.RingbufQuery or HelperId.RingbufReserveDynptr
            or HelperId.RingbufSubmitDynptr or HelperId.RingbufDiscardDynptr,
        MapType.UserRingBuffer => helper is HelperId.UserRingbufDrain,
        MapType.StackTrace => helper is HelperId.GetStackid,
        MapType.CgroupArray => helper is HelperId.SkbUnderCgroup or HelperId.CurrentTaskUnderCgroup,
        MapType.CgroupStorage or MapType.PerCpuCgroupStorage => helper is HelperId.GetLocalStorage,
        MapType.Devmap or MapType.DevmapHash => helper is HelperId.RedirectMap or HelperId.MapLookupElem,
        MapType.Cpumap => helper is HelperId.RedirectMap,
        MapType.Xskmap => helper is HelperId.RedirectMap or HelperId.MapLookupElem,
        MapType.ArrayOfMaps or MapType.HashOfMaps => helper is HelperId.MapLookupElem,
        MapType.Sockmap => helper is HelperId.SkRedirectMap or HelperId.SockMapUpdate or HelperId.MapDeleteElem or HelperId.MsgRedirectMap or HelperId.SkSelectReuseport
            or HelperId.MapLookupElem or HelperId.MapUpdateElem,
        MapType.Sockhash => helper is HelperId.SkRedirectHash or HelperId.SockHashUpdate or HelperId.MapDeleteElem or HelperId.MsgRedirectHash or HelperId.SkSelectReuseport
            or HelperId.MapLookupElem or HelperId.MapUpdateElem,
        MapType.ReuseportSockArray => helper is HelperId.SkSelectReuseport,
        MapType.Queue or MapType.Stack => helper is HelperId.MapPeekElem or HelperId.MapPopElem or HelperId.MapPushElem,
        MapType.SkStorage => helper is HelperId.SkStorageGet or HelperId.SkStorageDelete or HelperId.KptrXchg,
        MapType.InodeStorage => helper is HelperId.InodeStorageGet or HelperId.InodeStorageDelete or HelperId.KptrXchg,
        MapType.TaskStorage => helper is HelperId.TaskStorageGet or HelperId.TaskStorageDelete or HelperId.KptrXchg,
        MapType.CgrpStorage => helper is HelperId.CgrpStorageGet or HelperId.CgrpStorageDelete or HelperId.KptrXchg,
        MapType.BloomFilter => helper is HelperId.MapPeekElem or HelperId.MapPushElem,
        MapType.StructOps or MapType.Arena => false,
        _ => true,
    };

    private static bool TakesMap(HelperId helper, MapType map) => helper switch
    {
        HelperId.TailCall => map == MapType.ProgArray,
        HelperId.PerfEventRead or HelperId.PerfEventOutput or HelperId.PerfEventReadValue or HelperId.SkbOutput or HelperId.XdpOutput => map == MapType.PerfEventArray,
        HelperId.RingbufOutput or HelperId.RingbufReserve or HelperId.RingbufQuery or HelperId.RingbufReserveDynptr or HelperId.RingbufSubmitDynptr
            or HelperId.RingbufDiscardDynptr => map == MapType.RingBuffer,
        HelperId.UserRingbufDrain => map == MapType.UserRingBuffer,
        HelperId.GetStackid => map == MapType.StackTrace,
        HelperId.CurrentTaskUnderCgroup or HelperId.SkbUnderCgroup => map == MapType.CgroupArray,
        HelperId.RedirectMap => map is MapType.Devmap or MapType.DevmapHash or MapType.Cpumap or MapType.Xskmap,
        HelperId.SkRedirectMap or HelperId.MsgRedirectMap or HelperId.SockMapUpdate => map == MapType.Sockmap,
        HelperId.SkRedirectHash or HelperId.MsgRedirectHash or HelperId.SockHashUpdate => map == MapType.Sockhash,
        HelperId.GetLocalStorage => map is MapType.CgroupStorage or MapType.PerCpuCgroupStorage,
        HelperId.SkSelectReuseport => map is MapType.ReuseportSockArray or MapType.Sockmap or MapType.Sockhash,
        HelperId.MapPopElem => map is MapType.Queue or MapType.Stack,
        HelperId.MapPeekElem or HelperId.MapPushElem => map is MapType.Queue or MapType.Stack or MapType.BloomFilter,
        HelperId.MapLookupPercpuElem => map is MapType.PerCpuArray or MapType.PerCpuHash or MapType.LruPerCpuHash,
        HelperId.SkStorageGet or HelperId.SkStorageDelete => map == MapType.SkStorage,
        HelperId.InodeStorageGet or HelperId.InodeStorageDelete => map == MapType.InodeStorage,
        HelperId.TaskStorageGet or HelperId.TaskStorageDelete => map == MapType.TaskStorage,
        HelperId.CgrpStorageGet or HelperId.CgrpStorageDelete => map == MapType.CgrpStorage,
        HelperId.ForEachMapElem => map is MapType.Hash or MapType.PerCpuHash or MapType.LruHash or MapType.LruPerCpuHash or MapType.Array or MapType.PerCpuArray,
        _ => true,
    };
}
