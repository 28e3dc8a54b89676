using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;
using Imker.Script.Bound;

namespace Imker.Script.Lowering;

// The rings that records go through, and the marks by which the reader finds their order: docs/decisions/0003 and 0006.
internal sealed partial class ProbeLowering
{
    // Flag 0 of bpf_ringbuf_output and bpf_ringbuf_submit: the kernel wakes the reader for the record that it stands before.
    private const long AdaptiveWakeup = 0;

    // BPF_RB_PROD_POS of bpf_ringbuf_query.
    private const long ProducerPosition = 3;

    /// <summary>
    /// The ring for data: of several, the one of this CPU. The loader has filled the map that holds them, so that only the verifier
    /// knows of a path to <paramref name="missing"/>.
    /// </summary>
    private IrValue DataRing(IrBlock missing)
    {
        if (!module.DataRings.AreSeveral)
            return ir.MapAddress(RecordSchema.DataRing);
        Place number = Allocate(sizeof(int), sizeof(int), "ring");
        IrValue cpu = ir.Convert(ConvertOperator.Truncate, IrType.I32, Ask(HelperId.GetSmpProcessorId));
        ir.Store(number.Pointer, number.Offset, ir.And(cpu, module.DataRings.Count - 1));
        IrValue ring = ir.Call(HelperId.MapLookupElem, IrType.Pointer(Provenance.Map, isNullable: true),
            ir.MapAddress(RecordSchema.DataRing), PointerTo(number));
        IrBlock found = ir.NewBlock("ring");
        ir.Branch(ir.Compare(CompareOperator.NotEqual, ring, 0), found, missing, BranchHint.LikelyTrue);
        Begin(found);
        return NonNull(ir, ring);
    }

    /// <summary>Reserves a record and goes on in <paramref name="fill"/>; without room counts a loss and goes to <paramref name="next"/>.</summary>
    private IrValue Reserve(IrValue ring, int size, IrBlock full, IrBlock fill, IrBlock next, string detail = "")
    {
        IrValue reserved = ir.Call(HelperId.RingbufReserve, IrType.Pointer(Provenance.RingRecord, isNullable: true),
            ring, ir.Int64(size), ir.Int64(0));
        ir.Branch(ir.Compare(CompareOperator.NotEqual, reserved, 0), fill, full, BranchHint.LikelyTrue);
        Begin(full);
        CountLoss(LossCause.RingFull, detail);
        ir.Jump(next);
        Begin(fill);
        return NonNull(ir, reserved);
    }

    /// <summary>Sends a record of data that was built elsewhere.</summary>
    private void Output(IrValue record, IrValue length)
    {
        if (module.DataRings.AreSeveral)
        {
            OutputMarked(record, length);
            return;
        }
        IrValue result = ir.Call(HelperId.RingbufOutput, IrType.I64,
            ir.MapAddress(RecordSchema.DataRing), record, length, ir.Int64(AdaptiveWakeup));
        CountLossIf(ir.Compare(CompareOperator.NotEqual, result, 0), LossCause.RingFull);
    }

    /// <summary>
    /// The reader must know of a record before the record has its time, or it could take what is newer for the next. So an empty
    /// reservation, which the reader does not get past, is held meanwhile.
    /// </summary>
    private void OutputMarked(IrValue record, IrValue length)
    {
        IrBlock full = ir.NewBlock("full"), fill = ir.NewBlock("fill"), next = ir.NewBlock("sent");
        IrValue ring = DataRing(full);
        IrValue hold = Reserve(ring, RecordSchema.HeaderSize, full, fill, next);
        ir.Store(record, RecordSchema.HeaderSize, BootTime());
        IrValue result = ir.Call(HelperId.RingbufOutput, IrType.I64, ring, record, length, ir.Int64(AdaptiveWakeup));
        ir.Call(HelperId.RingbufDiscard, IrType.Void, hold, ir.Int64(AdaptiveWakeup));
        CountLossIf(ir.Compare(CompareOperator.NotEqual, result, 0), LossCause.RingFull);
        ir.Jump(next);
        Begin(next);
    }

    private IrValue BootTime() => Ask(HelperId.KtimeGetBootNs);

    /// <summary>
    /// A record in the control ring. Its order mark is how far the data ring had been written, of several rings the time: the reader
    /// first takes what came before.
    /// </summary>
    private void SendControl(RecordAction action, BoundExpression? value = null)
    {
        const int markOffset = RecordSchema.HeaderSize, valueOffset = markOffset + RecordSchema.MarkSize;
        int size = value is null ? valueOffset : valueOffset + 8;
        ImmutableArray<RecordField> fields = value is null ? [] : [new RecordField(valueOffset, new IntegerData(8, true), false)];
        int id = module.AddRecord(action, size, fields, ir.Span);
        IrValue? number = value is null ? null : ir.Resize(Scalar(value), IrType.I64, IsSigned(value.Type));
        IrValue? position = module.DataRings.AreSeveral ? null : DataPosition();
        IrBlock full = ir.NewBlock("full"), fill = ir.NewBlock("fill"), next = ir.NewBlock("told");
        IrValue record = Reserve(ir.MapAddress(RecordSchema.ControlRing), size, full, fill, next, "control");
        ir.Store(record, 0, ir.Int64(id));
        ir.Store(record, markOffset, position ?? BootTime());
        if (number is not null)
            ir.Store(record, valueOffset, number);
        ir.Call(HelperId.RingbufSubmit, IrType.Void, record, ir.Int64(AdaptiveWakeup));
        ir.Jump(next);
        Begin(next);
    }

    private IrValue DataPosition() => module.Program.SendsData
        ? ir.Call(HelperId.RingbufQuery, IrType.I64, ir.MapAddress(RecordSchema.DataRing), ir.Int64(ProducerPosition))
        : ir.Int64(0);
}
