using Imker.Bytecode;
using Imker.Verifier.Calls;
using Imker.Verifier.Code;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    // Kernel: process_spin_lock.
    private void SpinLock(CallFacts facts, bool isTaken)
    {
        RegisterState place = registers[1];
        int id = place.Id;
        object holder = place.Target!;
        if (isTaken)
        {
            if (state.LockId != 0)
                Fail(VerifierDiagnosticId.Lock, "Locking two bpf_spin_locks are not allowed: one is held already");
            state.LockId = id == 0 ? -1 : id;
            state.LockTarget = holder;
            return;
        }
        if (state.LockId == 0)
            Fail(VerifierDiagnosticId.Lock, "bpf_spin_unlock without taking a lock");
        if (!ReferenceEquals(state.LockTarget, holder) || state.LockId != (id == 0 ? -1 : id))
            Fail(VerifierDiagnosticId.Lock, $"bpf_spin_unlock of different lock: {Describe(place)} is not what was locked");
        state.LockId = 0;
        state.LockTarget = null;
        ForgetNonOwning();
        _ = facts;
    }

    // Borrowed references of a list or tree live as long as its lock is held.
    private void ForgetNonOwning()
    {
        for (int i = 0; i <= state.Current; i++)
        {
            FrameState frame = state.Frames[i];
            for (int r = 0; r < 10; r++)
            {
                if (frame.Registers[r].IsPointer && frame.Registers[r].Has(PointerFlags.NonOwning))
                    frame.Registers[r] = RegisterState.UnknownScalar;
            }
            for (int s = 0; s < frame.Depth / FrameState.SlotSize; s++)
            {
                if (frame.IsWholeSpill(s) && frame.Spills[s].IsPointer && frame.Spills[s].Has(PointerFlags.NonOwning))
                    frame.Spills[s] = RegisterState.UnknownScalar;
            }
        }
    }

    /// <summary>A lock, timer or kernel pointer in a value, given to a helper.</summary>
    private void UseField(HelperPrototype helper, HelperArgument argument, Register name, in RegisterState passed, CallFacts facts)
    {
        if (!passed.Number.IsConstant)
            Fail(VerifierDiagnosticId.Argument, $"{Name(name)} doesn't have constant offset. {argument.Name} has to be at the constant offset");
        SpecialFields fields = passed.Target switch
        {
            MapInfo map => map.Fields,
            Btf.BtfFile types => SpecialFields.Find(types[passed.TypeId]),
            _ => SpecialFields.None,
        };
        int at = passed.Offset + (int)passed.Number.Value;
        SpecialField? field = fields.At(at);
        bool fits = argument.Kind switch
        {
            HelperArgumentKind.SpinLock => field is { Kind: SpecialFieldKind.SpinLock },
            HelperArgumentKind.Timer => field is { Kind: SpecialFieldKind.Timer },
            _ => field is { IsPointer: true, Kind: not SpecialFieldKind.UserPointer },
        };
        if (!fits)
            Fail(VerifierDiagnosticId.Argument, $"off {at} doesn't point to what {helper.Name} takes: {Describe(passed)} has no such field there");
        facts.Field = field;
        if (argument.Kind == HelperArgumentKind.Timer)
            facts.Map = passed.Target as MapInfo;
        if (argument.Kind == HelperArgumentKind.KptrField && field is { Kind: SpecialFieldKind.UntrustedKptr })
            Fail(VerifierDiagnosticId.SpecialField, $"off={at} kptr isn't referenced kptr");
    }

    /// <summary>Whether programs of this type may use the map (kernel: <c>check_map_prog_compatibility</c>).</summary>
    private void CheckMapForProgram(MapInfo map)
    {
        bool isTracing = program.Type is ProgramType.Kprobe or ProgramType.Tracepoint or ProgramType.PerfEvent or ProgramType.RawTracepoint or ProgramType.RawTracepointWritable;
        if (isTracing && (map.Fields.Find(SpecialFieldKind.ListHead) is not null || map.Fields.Find(SpecialFieldKind.TreeRoot) is not null))
            Fail(VerifierDiagnosticId.MapUse, "tracing progs cannot use bpf_{list_head,rb_root} yet");
        if (map.Fields.Find(SpecialFieldKind.SpinLock) is not null && (isTracing || program.Type == ProgramType.SocketFilter))
            Fail(VerifierDiagnosticId.MapUse, $"{(isTracing ? "tracing" : "socket filter")} progs cannot use bpf_spin_lock yet");
        if (map.Fields.Find(SpecialFieldKind.Timer) is not null && isTracing)
            Fail(VerifierDiagnosticId.MapUse, "tracing progs cannot use bpf_timer yet");
        if (map.Fields.Find(SpecialFieldKind.WorkQueue) is not null && isTracing)
            Fail(VerifierDiagnosticId.MapUse, "tracing progs cannot use bpf_wq yet");
        if (map.Type == MapType.StructOps)
            Fail(VerifierDiagnosticId.MapUse, "bpf_struct_ops map cannot be used in prog");
        if (program.IsSleepable && !TakesSleepable(map.Type))
            Fail(VerifierDiagnosticId.MapUse, "Sleepable programs can only use array, hash, ringbuf and local storage maps");
    }

    private static bool TakesSleepable(MapType type) => type is MapType.Hash or MapType.LruHash or MapType.Array or MapType.PerCpuHash or MapType.PerCpuArray
        or MapType.LruPerCpuHash or MapType.ArrayOfMaps or MapType.HashOfMaps or MapType.RingBuffer or MapType.UserRingBuffer or MapType.InodeStorage
        or MapType.SkStorage or MapType.TaskStorage or MapType.CgrpStorage or MapType.Queue or MapType.Stack or MapType.Arena or MapType.LpmTrie;
}
