using System.Text;
using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

// Values that do not fit a register stand in memory: strings, buffers, tuples, structures, addresses. An expression is written
// straight to where it is wanted (Into), so that nothing is copied that need not be.
internal sealed partial class ProbeLowering
{
    // Strings up to this size are kept with zeros to their end, longer ones only to their NUL: zeroing a kilobyte for each
    // is dear, and only keys need it.
    private const int PaddedStringSize = 64;

    /// <summary>The memory that holds an expression's value: where it stands already, or a temporary.</summary>
    private Place Memory(BoundExpression expression)
    {
        if (TryLocal(expression, out Place place))
            return place;
        place = Allocate(expression.Type, "value");
        Into(expression, place, expression.Type);
        return place;
    }

    // What stands in the program's own memory already.
    private bool TryLocal(BoundExpression expression, out Place place)
    {
        place = default;
        switch (expression)
        {
            case BoundVariable { Type.IsScalar: false } variable:
                place = StorageOf(variable.Variable).Memory;
                return true;
            case BoundMapElement { Type.IsScalar: false, Key: null } element:
                place = new Place(ir.GlobalAddress(module.StorageOf(element.Map).Name, 0), 0);
                return true;
            case BoundTupleElement element:
                place = TupleElementPlace(element);
                return true;
            case BoundField { Base.Type: StructType } field when TryLocal(field.Base, out Place structure):
                place = structure.Plus(field.Field.Offset);
                return true;
            case BoundIndex { Base.Type: ArrayType array, Index: BoundInteger index } element when TryLocal(element.Base, out Place whole):
                place = whole.Plus(checked((int)index.Value * array.Element.Size));
                return true;
            default:
                return false;
        }
    }

    private Place TupleElementPlace(BoundTupleElement element) =>
        Memory(element.Tuple).Plus(TupleLayout.Of(((TupleType)element.Tuple.Type).Elements).Offsets[element.Index]);

    private IrValue PointerTo(Place place) => ir.Offset(place.Pointer, place.Offset);

    /// <summary>Writes an expression's value to memory, in the form of a type: strings may have another capacity.</summary>
    /// <param name="isKey">Every byte is written: what is behind the text, and between the parts, is zero.</param>
    private void Into(BoundExpression expression, Place target, ScriptType type, bool isKey = false)
    {
        if (type.IsScalar)
        {
            ir.Store(target.Pointer, target.Offset, Scalar(expression));
            return;
        }
        ir.Span = expression.Span;
        switch (expression)
        {
            case BoundText text:
                WriteText(text.Value, target, type.Size, isKey || type.Size <= PaddedStringSize);
                break;
            case BoundBuiltin builtin:
                BuiltinInto(builtin, target, type, isKey);
                break;
            case BoundCall call:
                CallInto(call, target, type, isKey);
                break;
            case BoundConversion conversion:
                ConversionInto(conversion, target, type, isKey);
                break;
            case BoundTernary ternary when !isKey:
                TernaryInto(ternary, target, type);
                break;
            case BoundTernary ternary:
                CopyValue(Memory(ternary), ternary.Type, target, type, isKey);
                break;
            case BoundTuple tuple:
                TupleInto(tuple, target, (TupleType)type, isKey);
                break;
            case BoundMapElement { Key: not null } element:
                MapElementInto(element, target, type, isKey);
                break;
            default:
                if (TryLocal(expression, out Place local))
                    CopyValue(local, expression.Type, target, type, isKey);
                else
                    RemoteInto(expression, target, type, isKey);
                break;
        }
    }

    private void ConversionInto(BoundConversion conversion, Place target, ScriptType type, bool isKey)
    {
        if (conversion.Operand.Type is { IsScalar: true } && type is ArrayType or BufferType)
            ir.Store(target.Pointer, target.Offset, Scalar(conversion.Operand));
        else if (conversion.Operand.Type.Size <= type.Size || conversion.Operand is BoundCall or BoundText)
            Into(conversion.Operand, target, type, isKey);
        else
            CopyValue(Memory(conversion.Operand), conversion.Operand.Type, target, type, isKey);
    }

    private void BuiltinInto(BoundBuiltin builtin, Place target, ScriptType type, bool isKey)
    {
        switch (builtin.Variable)
        {
            case BuiltinVariable.Comm:
                if (type.Size > CommSize && (isKey || type.Size <= PaddedStringSize))
                    ir.Zero(target.Pointer, target.Offset + CommSize, type.Size - CommSize, 1);
                ir.Call(HelperId.GetCurrentComm, IrType.I64, PointerTo(target), ir.Int64(Math.Min(CommSize, type.Size)));
                break;
            case BuiltinVariable.Function:
                UserSymbolInto(ReadRegister(registers.InstructionPointer), target);
                break;
            default:
                throw new ArgumentException($"'{builtin.Variable}' does not stand in memory.", nameof(builtin));
        }
    }

    private void UserSymbolInto(IrValue address, Place target)
    {
        ir.Store(target.Pointer, target.Offset, address);
        ir.Store(target.Pointer, target.Offset + 8, Extend(GlobalProcessId()));
    }

    // Symbols are looked up by the reader in /proc, where ids are those of the tracer's own namespace.
    private IrValue GlobalProcessId() => ProcessOrThread(isThread: false);

    private void TupleInto(BoundTuple tuple, Place target, TupleType type, bool isKey)
    {
        TupleLayout layout = TupleLayout.Of(type.Elements);
        if (layout.Size != type.Elements.Sum(e => e.Size))
            ir.Zero(target.Pointer, target.Offset, layout.Size, Math.Min(8, layout.Alignment));
        for (int i = 0; i < tuple.Elements.Length; i++)
            Into(tuple.Elements[i], target.Plus(layout.Offsets[i]), type.Elements[i], isKey);
    }

    private void ZeroValue(Place place, ScriptType type)
    {
        if (type is StringType { Capacity: > PaddedStringSize } or BufferType)
            ir.Store(place.Pointer, place.Offset, ir.Int32(0));
        else
            ir.Zero(place.Pointer, place.Offset, type.Size, AlignmentAt(place, type.Size));
    }

    /// <summary>Copies a value from one place to another of the same kind of type; strings are cut or lengthened.</summary>
    private void CopyValue(Place source, ScriptType sourceType, Place target, ScriptType type, bool isKey)
    {
        if (type is not StringType text || sourceType is not StringType from)
        {
            CopyBytes(source, target, type.Size);
            return;
        }
        if (from.Capacity <= PaddedStringSize && text.Capacity >= from.Capacity)
        {
            CopyBytes(source, target, from.Capacity);
            if (text.Capacity > from.Capacity && (isKey || text.Capacity <= PaddedStringSize))
                ir.Zero(target.Pointer, target.Offset + from.Capacity, text.Capacity - from.Capacity, 1);
            return;
        }
        if (isKey || text.Capacity <= PaddedStringSize)
            ir.Zero(target.Pointer, target.Offset, text.Capacity, AlignmentAt(target, text.Capacity));
        ir.Call(HelperId.ProbeReadKernelStr, IrType.I64, PointerTo(target), ir.Int64(text.Capacity), PointerTo(source));
    }

    private void CopyBytes(Place source, Place target, int size) =>
        ir.Copy(target.Pointer, target.Offset, source.Pointer, source.Offset, size,
            Math.Min(AlignmentAt(source, size), AlignmentAt(target, size)));

    // Allocations, map values and records begin at multiples of 8.
    private static int AlignmentAt(Place place, int size)
    {
        int offset = place.Offset & 7;
        int alignment = offset == 0 ? 8 : offset & -offset;
        while (alignment > size)
            alignment /= 2;
        return Math.Max(alignment, 1);
    }

    /// <summary>A text known at compile time, as few stores as it takes; behind the NUL zeros to the end when asked.</summary>
    private void WriteText(string text, Place target, int capacity, bool pad)
    {
        byte[] bytes = TextBytes(text, capacity);
        int end = pad ? capacity : Math.Min(capacity, (bytes.Length + 7) / 8 * 8);
        Span<byte> chunk = stackalloc byte[8];
        int position = 0;
        while (position < Math.Min(end, bytes.Length))
        {
            int width = WidthAt(target.Offset + position, end - position);
            chunk.Clear();
            bytes.AsSpan(position, Math.Min(width, bytes.Length - position)).CopyTo(chunk);
            ir.Store(target.Pointer, target.Offset + position,
                ir.Constant(IrType.Integer(width), System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(chunk)));
            position += width;
        }
        if (position < end)
            ir.Zero(target.Pointer, target.Offset + position, end - position, AlignmentAt(target.Plus(position), end - position));
    }

    // The text with its NUL, cut so that the NUL fits.
    private static byte[] TextBytes(string text, int capacity)
    {
        byte[] bytes = new byte[Math.Min(text.Length + 1, capacity)];
        Encoding.Latin1.GetBytes(text.AsSpan(0, bytes.Length - 1), bytes);
        return bytes;
    }

    /// <summary>The widest access at an offset that is aligned and not longer than what is left: 8, 4, 2 or 1.</summary>
    private static int WidthAt(int offset, int left)
    {
        int width = 8;
        while (width > 1 && (offset % width != 0 || width > left))
            width /= 2;
        return width;
    }

    // TASK_COMM_LEN
    private const int CommSize = 16;
}
