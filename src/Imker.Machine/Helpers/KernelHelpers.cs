using Imker.Bytecode;

namespace Imker.Machine;

/// <summary>The helpers of the kernel that the machine has, by their numbers.</summary>
internal static unsafe class KernelHelpers
{
    private static readonly Dictionary<int, MachineHelper> Table = Make();

    public static IReadOnlyDictionary<int, MachineHelper> All => Table;

    private static Dictionary<int, MachineHelper> Make()
    {
        var table = new Dictionary<int, MachineHelper>();
        Add(HelperId.MapLookupElem, &MapHelpers.Lookup, &NativeEntries.MapLookup);
        Add(HelperId.MapUpdateElem, &MapHelpers.Update, &NativeEntries.MapUpdate);
        Add(HelperId.MapDeleteElem, &MapHelpers.Delete, &NativeEntries.MapDelete);
        Add(HelperId.ProbeRead, &MemoryHelpers.Read, &NativeEntries.MemoryRead);
        Add(HelperId.KtimeGetNs, &SystemHelpers.Nanoseconds, &NativeEntries.SystemNanoseconds);
        Add(HelperId.TracePrintk, &TextHelpers.Print, &NativeEntries.TextPrint);
        Add(HelperId.GetPrandomU32, &SystemHelpers.Chance, &NativeEntries.SystemChance);
        Add(HelperId.GetSmpProcessorId, &SystemHelpers.Cpu, &NativeEntries.SystemCpu);
        Add(HelperId.TailCall, &TailCalls.Call, &NativeEntries.TailCallsCall);
        Add(HelperId.GetCurrentPidTgid, &SystemHelpers.ProcessAndThread, &NativeEntries.SystemProcessAndThread);
        Add(HelperId.GetCurrentUidGid, &UserIds.Get, &NativeEntries.UserIdsGet);
        Add(HelperId.GetCurrentComm, &SystemHelpers.CommandName, &NativeEntries.SystemCommandName);
        Add(HelperId.PerfEventOutput, &RecordHelpers.PerfEventOutput, &NativeEntries.RecordPerfEventOutput);
        Add(HelperId.SkbLoadBytes, &PacketHelpers.LoadBytes, &NativeEntries.PacketLoadBytes);
        Add(HelperId.GetStackid, &SystemHelpers.StackId, &NativeEntries.SystemStackId);
        Add(HelperId.CsumDiff, &MemoryHelpers.ChecksumDifference, &NativeEntries.MemoryChecksumDifference);
        Add(HelperId.GetNumaNodeId, &SystemHelpers.Zero, &NativeEntries.SystemZero);
        Add(HelperId.XdpAdjustHead, &PacketHelpers.AdjustHead, &NativeEntries.PacketAdjustHead);
        Add(HelperId.ProbeReadStr, &MemoryHelpers.ReadString, &NativeEntries.MemoryReadString);
        Add(HelperId.RedirectMap, &MapHelpers.Redirect, &NativeEntries.MapRedirect);
        Add(HelperId.XdpAdjustMeta, &PacketHelpers.AdjustMetadata, &NativeEntries.PacketAdjustMetadata);
        Add(HelperId.XdpAdjustTail, &PacketHelpers.AdjustTail, &NativeEntries.PacketAdjustTail);
        Add(HelperId.MapPushElem, &MapHelpers.Push, &NativeEntries.MapPush);
        Add(HelperId.MapPopElem, &MapHelpers.Pop, &NativeEntries.MapPop);
        Add(HelperId.MapPeekElem, &MapHelpers.Peek, &NativeEntries.MapPeek);
        Add(HelperId.SpinLock, &SpinLocks.Take, &NativeEntries.SpinLocksTake);
        Add(HelperId.SpinUnlock, &SpinLocks.GiveBack, &NativeEntries.SpinLocksGiveBack);
        Add(HelperId.Strtol, &TextHelpers.ParseSigned, &NativeEntries.TextParseSigned);
        Add(HelperId.Strtoul, &TextHelpers.ParseUnsigned, &NativeEntries.TextParseUnsigned);
        Add(HelperId.ProbeReadUser, &MemoryHelpers.Read, &NativeEntries.MemoryRead);
        Add(HelperId.ProbeReadKernel, &MemoryHelpers.Read, &NativeEntries.MemoryRead);
        Add(HelperId.ProbeReadUserStr, &MemoryHelpers.ReadString, &NativeEntries.MemoryReadString);
        Add(HelperId.ProbeReadKernelStr, &MemoryHelpers.ReadString, &NativeEntries.MemoryReadString);
        Add(HelperId.Jiffies64, &SystemHelpers.Jiffies, &NativeEntries.SystemJiffies);
        Add(HelperId.KtimeGetBootNs, &SystemHelpers.Nanoseconds, &NativeEntries.SystemNanoseconds);
        Add(HelperId.RingbufOutput, &RecordHelpers.Output, &NativeEntries.RecordOutput);
        Add(HelperId.RingbufReserve, &RecordHelpers.Reserve, &NativeEntries.RecordReserve);
        Add(HelperId.RingbufSubmit, &RecordHelpers.Submit, &NativeEntries.RecordSubmit);
        Add(HelperId.RingbufDiscard, &RecordHelpers.Discard, &NativeEntries.RecordDiscard);
        Add(HelperId.RingbufQuery, &RecordHelpers.Query, &NativeEntries.RecordQuery);
        Add(HelperId.KtimeGetCoarseNs, &SystemHelpers.Nanoseconds, &NativeEntries.SystemNanoseconds);
        Add(HelperId.ForEachMapElem, &MapHelpers.ForEach, &NativeEntries.MapForEach);
        Add(HelperId.Snprintf, &TextHelpers.Format, &NativeEntries.TextFormat);
        Add(HelperId.GetFuncIp, &SystemHelpers.Zero, &NativeEntries.SystemZero);
        Add(HelperId.GetAttachCookie, &SystemHelpers.Cookie, &NativeEntries.SystemCookie);
        Add(HelperId.TraceVprintk, &TextHelpers.PrintMany, &NativeEntries.TextPrintMany);
        Add(HelperId.Loop, &SystemHelpers.Loop, &NativeEntries.SystemLoop);
        Add(HelperId.Strncmp, &TextHelpers.Compare, &NativeEntries.TextCompare);
        Add(HelperId.MapLookupPercpuElem, &MapHelpers.LookupOnCpu, &NativeEntries.MapLookupOnCpu);
        Add(HelperId.DynptrFromMem, &DynptrHelpers.FromMemory, &NativeEntries.DynptrFromMemory);
        Add(HelperId.RingbufReserveDynptr, &DynptrHelpers.ReserveRecord, &NativeEntries.DynptrReserveRecord);
        Add(HelperId.RingbufSubmitDynptr, &DynptrHelpers.SubmitRecord, &NativeEntries.DynptrSubmitRecord);
        Add(HelperId.RingbufDiscardDynptr, &DynptrHelpers.DiscardRecord, &NativeEntries.DynptrDiscardRecord);
        Add(HelperId.DynptrRead, &DynptrHelpers.Read, &NativeEntries.DynptrRead);
        Add(HelperId.DynptrWrite, &DynptrHelpers.Write, &NativeEntries.DynptrWrite);
        Add(HelperId.DynptrData, &DynptrHelpers.Slice, &NativeEntries.DynptrSlice);
        Add(HelperId.KtimeGetTaiNs, &SystemHelpers.TaiNanoseconds, &NativeEntries.SystemTaiNanoseconds);
        return table;

        void Add(
            HelperId id,
            delegate*<ulong, ulong, ulong, ulong, ulong, ExecutionState*, ulong> managed,
            delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong, ExecutionState*, ulong> native) =>
            table.Add((int)id, new MachineHelper((int)id, managed, native));
    }
}
