using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Imker.Machine;

/// <summary>The entries of helpers for generated code, which calls by the C convention: each leads to the helper of its name.</summary>
internal static unsafe class NativeEntries
{
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong MapLookup(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        MapHelpers.Lookup(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong MapUpdate(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        MapHelpers.Update(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong MapDelete(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        MapHelpers.Delete(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong MemoryRead(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        MemoryHelpers.Read(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong SystemNanoseconds(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        SystemHelpers.Nanoseconds(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong TextPrint(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        TextHelpers.Print(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong SystemChance(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        SystemHelpers.Chance(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong SystemCpu(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        SystemHelpers.Cpu(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong TailCallsCall(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        TailCalls.Call(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong SystemProcessAndThread(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        SystemHelpers.ProcessAndThread(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong UserIdsGet(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        UserIds.Get(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong SystemCommandName(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        SystemHelpers.CommandName(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong RecordPerfEventOutput(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        RecordHelpers.PerfEventOutput(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong PacketLoadBytes(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        PacketHelpers.LoadBytes(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong SystemStackId(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        SystemHelpers.StackId(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong MemoryChecksumDifference(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        MemoryHelpers.ChecksumDifference(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong SystemZero(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        SystemHelpers.Zero(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong PacketAdjustHead(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        PacketHelpers.AdjustHead(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong MemoryReadString(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        MemoryHelpers.ReadString(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong MapRedirect(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        MapHelpers.Redirect(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong PacketAdjustMetadata(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        PacketHelpers.AdjustMetadata(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong PacketAdjustTail(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        PacketHelpers.AdjustTail(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong MapPush(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        MapHelpers.Push(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong MapPop(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        MapHelpers.Pop(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong MapPeek(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        MapHelpers.Peek(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong SpinLocksTake(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        SpinLocks.Take(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong SpinLocksGiveBack(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        SpinLocks.GiveBack(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong TextParseSigned(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        TextHelpers.ParseSigned(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong TextParseUnsigned(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        TextHelpers.ParseUnsigned(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong SystemJiffies(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        SystemHelpers.Jiffies(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong RecordOutput(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        RecordHelpers.Output(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong RecordReserve(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        RecordHelpers.Reserve(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong RecordSubmit(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        RecordHelpers.Submit(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong RecordDiscard(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        RecordHelpers.Discard(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong RecordQuery(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        RecordHelpers.Query(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong MapForEach(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        MapHelpers.ForEach(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong TextFormat(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        TextHelpers.Format(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong SystemCookie(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        SystemHelpers.Cookie(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong TextPrintMany(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        TextHelpers.PrintMany(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong SystemLoop(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        SystemHelpers.Loop(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong TextCompare(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        TextHelpers.Compare(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong MapLookupOnCpu(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        MapHelpers.LookupOnCpu(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong DynptrFromMemory(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        DynptrHelpers.FromMemory(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong DynptrReserveRecord(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        DynptrHelpers.ReserveRecord(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong DynptrSubmitRecord(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        DynptrHelpers.SubmitRecord(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong DynptrDiscardRecord(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        DynptrHelpers.DiscardRecord(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong DynptrRead(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        DynptrHelpers.Read(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong DynptrWrite(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        DynptrHelpers.Write(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong DynptrSlice(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        DynptrHelpers.Slice(r1, r2, r3, r4, r5, state);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static ulong SystemTaiNanoseconds(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        SystemHelpers.TaiNanoseconds(r1, r2, r3, r4, r5, state);
}
