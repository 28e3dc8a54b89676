using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

// Records on their way to user space; their layout is told at RecordSchema.
internal sealed partial class ProbeLowering
{
    // Texts up to this size stand in a record at full length; longer ones are sent at their true length.
    private const int FixedTextSize = 32;
    private const int JoinArguments = 16;

    private void SendFormatted(BoundCall call, PrintfTarget target) =>
        Send(new PrintfAction(((BoundText)call.Arguments[0]).Value, target), [.. call.Arguments.Skip(1)]);

    private void Send(RecordAction action, ImmutableArray<BoundExpression> values)
    {
        (ImmutableArray<RecordField> fields, int fixedSize) = LayOut(values);
        int id = module.AddRecord(action, fixedSize, fields, ir.Span);
        if (fields.Any(f => f.IsVariable))
            SendVariable(id, fixedSize, fields, values);
        else
            SendFixed(id, fixedSize, fields, values);
    }

    private (ImmutableArray<RecordField> Fields, int FixedSize) LayOut(ImmutableArray<BoundExpression> values)
    {
        var fields = ImmutableArray.CreateBuilder<RecordField>(values.Length);
        int offset = module.DataRings.FieldsOffset;
        foreach (BoundExpression value in values)
        {
            bool isVariable = IsVariable(value);
            int alignment = isVariable ? 4 : value.Type is StringType ? 8 : TupleLayout.AlignmentOf(value.Type);
            offset = TupleLayout.AlignUp(offset, alignment);
            fields.Add(new RecordField(offset, DataTypes.Of(value.Type), isVariable));
            offset += isVariable ? 4 : value.Type.Size;
        }
        return (fields.MoveToImmutable(), TupleLayout.AlignUp(offset, 8));
    }

    private static bool IsVariable(BoundExpression value) => value.Type switch
    {
        BufferType => true,
        StringType text => text.Capacity > FixedTextSize,
        _ => false,
    };

    /// <summary>
    /// A record of constant size is reserved in the ring and filled in place. What could leave the program, or needs memory of
    /// its own, is worked out before: nothing may happen to the reservation on the way.
    /// </summary>
    private void SendFixed(int id, int size, ImmutableArray<RecordField> fields, ImmutableArray<BoundExpression> values)
    {
        var ready = new object?[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (IsImmediate(values[i]))
                continue;
            ready[i] = values[i].Type.IsScalar ? Scalar(values[i]) : Memory(values[i]);
        }
        IrBlock full = ir.NewBlock("full"), fill = ir.NewBlock("fill"), next = ir.NewBlock("sent");
        IrValue record = Reserve(DataRing(full), size, full, fill, next);
        ir.Store(record, 0, ir.Int64(id));
        if (module.DataRings.AreSeveral)
            ir.Store(record, RecordSchema.HeaderSize, BootTime());
        int end = module.DataRings.FieldsOffset;
        for (int i = 0; i < values.Length; i++)
        {
            var place = new Place(record, fields[i].Offset);
            if (fields[i].Offset > end)
                ir.Zero(record, end, fields[i].Offset - end, AlignmentAt(new Place(record, end), fields[i].Offset - end));
            switch (ready[i])
            {
                case IrValue scalar:
                    ir.Store(place.Pointer, place.Offset, scalar);
                    break;
                case Place source:
                    CopyValue(source, values[i].Type, place, values[i].Type, isKey: false);
                    break;
                default:
                    Into(values[i], place, values[i].Type);
                    break;
            }
            end = fields[i].Offset + values[i].Type.Size;
        }
        if (size > end)
            ir.Zero(record, end, size - end, AlignmentAt(new Place(record, end), size - end));
        ir.Call(HelperId.RingbufSubmit, IrType.Void, record, ir.Int64(AdaptiveWakeup));
        ir.Jump(next);
        Begin(next);
    }

    // Constants, and what a helper writes straight into the record.
    private static bool IsImmediate(BoundExpression value) => value switch
    {
        BoundInteger or BoundText => true,
        BoundBuiltin { Variable: BuiltinVariable.Comm } => true,
        BoundConversion conversion => IsImmediate(conversion.Operand),
        _ => false,
    };

    /// <summary>
    /// A record with texts is built in the frame (which the compiler moves to scratch memory when it is large) and sent at its
    /// true length. The position of the next text grows by what each was found to be; the verifier follows it.
    /// </summary>
    private void SendVariable(int id, int fixedSize, ImmutableArray<RecordField> fields, ImmutableArray<BoundExpression> values)
    {
        int maximum = fixedSize + fields.Where(f => f.IsVariable).Sum(f => f.Type.Size);
        Place record = Allocate(TupleLayout.AlignUp(maximum, 8), 8, "record");
        ir.Store(record.Pointer, 0, ir.Int64(id));
        ZeroGaps(record, fixedSize, fields, values);
        for (int i = 0; i < values.Length; i++)
        {
            if (!fields[i].IsVariable)
                Into(values[i], record.Plus(fields[i].Offset), values[i].Type);
        }
        IrValue position = ir.Int64(fixedSize);
        for (int i = 0; i < values.Length; i++)
        {
            if (!fields[i].IsVariable)
                continue;
            IrValue length = AppendVariable(values[i], ir.Offset(record.Pointer, position));
            ir.Store(record.Pointer, fields[i].Offset, ir.Convert(ConvertOperator.Truncate, IrType.I32, length));
            position = ir.Add(position, length);
        }
        Output(record.Pointer, position);
    }

    // Bytes between fields that nothing writes: the kernel of old refuses to send what was never written.
    private void ZeroGaps(Place record, int fixedSize, ImmutableArray<RecordField> fields, ImmutableArray<BoundExpression> values)
    {
        int end = module.DataRings.FieldsOffset;
        for (int i = 0; i <= fields.Length; i++)
        {
            int start = i < fields.Length ? fields[i].Offset : fixedSize;
            if (start > end)
                ir.Zero(record.Pointer, end, start - end, AlignmentAt(record.Plus(end), start - end));
            if (i < fields.Length)
                end = start + (fields[i].IsVariable ? 4 : values[i].Type.Size);
        }
    }

    /// <summary>Writes a text or buffer to a pointer; gives its bytes, which the verifier knows to be at most the type's size.</summary>
    private IrValue AppendVariable(BoundExpression value, IrValue target)
    {
        switch (value)
        {
            case BoundCall { Function: BuiltinFunction.Buf } buffer:
                return ReadBytes(SourceOf(buffer.Arguments[0]), target, Limited(buffer.Arguments[1], ((BufferType)buffer.Type).Capacity));
            case BoundCall { Function: BuiltinFunction.Str } text:
                IrValue limit = text.Arguments.Length > 1
                    ? Limited(text.Arguments[1], text.Type.Size, plus: 1)
                    : ir.Int64(text.Type.Size);
                return AppendText(SourceOf(text.Arguments[0]), target, limit);
            case { Type: BufferType buffer }:
                Place bytes = Memory(value);
                IrValue length = Extend(ir.Load(IrType.I32, bytes.Pointer, bytes.Offset));
                return ReadBytes(new RemotePlace(PointerTo(bytes.Plus(4)), 0, AddressSpace.Kernel), target, Bounded(length, buffer.Capacity));
            case BoundMapElement { Key: not null } element:
                return AppendMapText(element, target);
            case BoundTracepointField or BoundField or BoundDereference or BoundIndex when !TryLocal(value, out _):
                return AppendText(RemoteOf(value), target, ir.Int64(value.Type.Size));
            default:
                return AppendText(new RemotePlace(PointerTo(Memory(value)), 0, AddressSpace.Kernel), target, ir.Int64(value.Type.Size));
        }
    }

    private IrValue AppendText(RemotePlace source, IrValue target, IrValue limit)
    {
        var length = new IrVariable(IrType.I64, "length");
        ReadStringBytes(source, target, limit, length, out IrBlock next);
        ir.Write(length, ir.Int64(0));
        ir.Jump(next);
        Begin(next);
        return ir.Read(length);
    }

    // Straight from the map's value to the record; no entry is an empty text.
    private IrValue AppendMapText(BoundMapElement element, IrValue target)
    {
        MapStorage map = module.StorageOf(element.Map);
        var length = new IrVariable(IrType.I64, "length");
        ir.Write(length, ir.Int64(0));
        WhenFound(Lookup(map, KeyPointer(element.Map, element.Key)), found => ir.Write(length,
            AppendText(new RemotePlace(found, 0, AddressSpace.Kernel), target, ir.Int64(element.Type.Size))));
        return ir.Read(length);
    }

    private IrValue Bounded(IrValue length, int maximum)
    {
        var bounded = new IrVariable(IrType.I64, "bounded");
        IrBlock above = ir.NewBlock("above"), next = ir.NewBlock("bounded");
        ir.Write(bounded, length);
        ir.Branch(ir.Compare(CompareOperator.GreaterUnsigned, length, maximum), above, next);
        Begin(above);
        ir.Write(bounded, ir.Int64(maximum));
        ir.Jump(next);
        Begin(next);
        return ir.Read(bounded);
    }

    /// <summary>join(argv): up to sixteen texts, the number of them in the header; a null pointer ends the list.</summary>
    private void SendJoined(BoundCall call)
    {
        int capacity = module.Config.MaxStringLength;
        int start = module.DataRings.FieldsOffset, fixedSize = TupleLayout.AlignUp(start + 4 * JoinArguments, 8);
        ImmutableArray<RecordField> fields = [.. Enumerable.Range(0, JoinArguments)
            .Select(i => new RecordField(start + 4 * i, new StringData(capacity), true))];
        int id = module.AddRecord(new JoinAction(((BoundText)call.Arguments[1]).Value), fixedSize, fields, ir.Span);
        Place record = Allocate(fixedSize + JoinArguments * capacity, 8, "joined");
        Place pointer = Allocate(8, 8, "argument");
        RemotePlace list = SourceOf(call.Arguments[0]);
        ir.Store(record.Pointer, 0, ir.Int64(id));
        ir.Zero(record.Pointer, start, fixedSize - start);

        IrBlock send = ir.NewBlock("joined");
        var end = new IrVariable(IrType.I64, "end");
        ir.Write(end, ir.Int64(fixedSize));
        for (int i = 0; i < JoinArguments; i++)
        {
            ReadInto(list.Plus(8 * i), pointer, 8);
            IrValue text = ir.Load(IrType.I64, pointer.Pointer, pointer.Offset);
            IrBlock append = ir.NewBlock("append");
            ir.Branch(ir.Compare(CompareOperator.Equal, text, 0), send, append);
            Begin(append);
            IrValue position = ir.Read(end);
            IrValue length = AppendText(new RemotePlace(text, 0, list.Space), ir.Offset(record.Pointer, position), ir.Int64(capacity));
            ir.Store(record.Pointer, fields[i].Offset, ir.Convert(ConvertOperator.Truncate, IrType.I32, length));
            ir.Store(record.Pointer, 4, ir.Int32(i + 1));
            ir.Write(end, ir.Add(position, length));
        }
        ir.Jump(send);
        Begin(send);
        Output(record.Pointer, ir.Read(end));
    }
}
