using System.Buffers.Binary;
using Imker.Compiler.Ir;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

// Comparisons of what stands in memory.
internal sealed partial class ProbeLowering
{
    private const int LongestWalk = 64;

    /// <summary>Ends the current block: are the two values equal? Texts are equal when they are up to their NUL.</summary>
    private void CompareMemory(BoundExpression left, BoundExpression right, IrBlock ifEqual, IrBlock ifDifferent)
    {
        if (left is BoundText)
            (left, right) = (right, left);
        switch (left.Type)
        {
            case StringType when left is BoundText:
                bool equal = ((BoundText)left).Value == ((BoundText)right).Value;
                ir.Jump(equal ? ifEqual : ifDifferent);
                break;
            case StringType when right is BoundText text:
                CompareWithText(left, text.Value, text.Value.Length + 1, ifEqual, ifDifferent);
                break;
            case StringType:
                CompareTexts(Memory(left), Memory(right), Math.Min(left.Type.Size, right.Type.Size), ifEqual, ifDifferent);
                break;
            case TupleType tuple:
                CompareTuples(Memory(left), Memory(right), tuple, ifEqual, ifDifferent);
                break;
            default:
                CompareBytes(Memory(left), Memory(right), left.Type.Size, ifEqual, ifDifferent);
                break;
        }
    }

    // Element by element: behind the NUL of a text anything may stand.
    private void CompareTuples(Place left, Place right, TupleType type, IrBlock ifEqual, IrBlock ifDifferent)
    {
        TupleLayout layout = TupleLayout.Of(type.Elements);
        for (int i = 0; i < type.Elements.Length; i++)
        {
            bool isLast = i == type.Elements.Length - 1;
            IrBlock next = isLast ? ifEqual : ir.NewBlock("element");
            Place a = left.Plus(layout.Offsets[i]), b = right.Plus(layout.Offsets[i]);
            switch (type.Elements[i])
            {
                case StringType text:
                    CompareTexts(a, b, text.Size, next, ifDifferent);
                    break;
                case TupleType inner:
                    CompareTuples(a, b, inner, next, ifDifferent);
                    break;
                case var element:
                    CompareBytes(a, b, element.Size, next, ifDifferent);
                    break;
            }
            if (!isLast)
                Begin(next);
        }
    }

    /// <summary>Compares the first bytes with a known text, its NUL included, in words as wide as alignment allows.</summary>
    private void CompareWithText(BoundExpression expression, string text, int length, IrBlock ifEqual, IrBlock ifDifferent)
    {
        if (length > expression.Type.Size)
        {
            // The text with its NUL is longer than what could be there.
            Discard(expression);
            ir.Jump(ifDifferent);
            return;
        }
        if (length == 0)
        {
            Discard(expression);
            ir.Jump(ifEqual);
            return;
        }
        Place place = Memory(expression);
        byte[] bytes = TextBytes(text, text.Length + 1);
        Span<byte> chunk = stackalloc byte[8];
        int position = 0;
        while (position < length)
        {
            int width = WidthAt(place.Offset + position, length - position);
            IrType type = IrType.Integer(width);
            IrValue word = ir.Load(type, place.Pointer, place.Offset + position);
            chunk.Clear();
            bytes.AsSpan(position, width).CopyTo(chunk);
            position += width;
            IrBlock next = position < length ? ir.NewBlock("same") : ifEqual;
            ir.Branch(ir.Compare(CompareOperator.Equal, word, ir.Constant(type, BinaryPrimitives.ReadInt64LittleEndian(chunk))), next, ifDifferent);
            if (position < length)
                Begin(next);
        }
    }

    private void CompareBytes(Place left, Place right, int size, IrBlock ifEqual, IrBlock ifDifferent)
    {
        int position = 0;
        while (position < size)
        {
            int width = Math.Min(WidthAt(left.Offset + position, size - position), WidthAt(right.Offset + position, size - position));
            IrType type = IrType.Integer(width);
            IrValue a = ir.Load(type, left.Pointer, left.Offset + position), b = ir.Load(type, right.Pointer, right.Offset + position);
            position += width;
            IrBlock next = position < size ? ir.NewBlock("same") : ifEqual;
            ir.Branch(ir.Compare(CompareOperator.Equal, a, b), next, ifDifferent);
            if (position < size)
                Begin(next);
        }
    }

    /// <summary>Compares two texts byte by byte: equal at a common NUL, or when the limit is reached without a difference.</summary>
    private void CompareTexts(Place a, Place b, int limit, IrBlock ifEqual, IrBlock ifDifferent)
    {
        IrBlock head = ir.NewBlock("compare"), body = ir.NewBlock("byte"), same = ir.NewBlock("same"), step = ir.NewBlock("step");
        var index = new IrVariable(IrType.I64, "index");
        ir.Write(index, ir.Int64(0));
        ir.Jump(head);
        ir.StartBlock(head);
        IrValue position = ir.Read(index);
        ir.Branch(ir.Compare(CompareOperator.LessUnsigned, position, limit), body, ifEqual);
        Begin(body);
        IrValue one = ByteAt(a, position), other = ByteAt(b, position);
        ir.Branch(ir.Compare(CompareOperator.Equal, one, other), same, ifDifferent);
        Begin(same);
        ir.Branch(ir.Compare(CompareOperator.Equal, one, 0), ifEqual, step);
        Begin(step);
        ir.Write(index, ir.Add(position, ir.Int64(1)));
        ir.Jump(head);
        ir.Seal(head);
    }

    private IrValue ByteAt(Place place, IrValue index) => ir.Load(IrType.I8, ir.Offset(PointerTo(place), index));

    /// <summary>The bytes before the NUL.</summary>
    private IrValue TextLength(BoundExpression text)
    {
        Place place = Memory(text);
        return text.Type is StringType && text.Type.Size > LongestWalk ? LengthByCopying(place, text.Type.Size) : LengthByWalking(place, text.Type.Size);
    }

    // The helper finds the end while it copies. The verifier walks a loop over the bytes round by round, and has its limit.
    private IrValue LengthByCopying(Place text, int capacity)
    {
        Place copy = Allocate(capacity, 8, "copy");
        var length = new IrVariable(IrType.I64, "length");
        ReadStringBytes(new RemotePlace(PointerTo(text), 0, AddressSpace.Kernel), PointerTo(copy), ir.Int64(capacity), length, out IrBlock next);
        ir.Write(length, ir.Int64(1));
        ir.Jump(next);
        Begin(next);
        return ir.Subtract(ir.Read(length), ir.Int64(1));
    }

    private IrValue LengthByWalking(Place place, int capacity)
    {
        IrBlock head = ir.NewBlock("length"), body = ir.NewBlock("byte"), step = ir.NewBlock("step"), done = ir.NewBlock("measured");
        var index = new IrVariable(IrType.I64, "index");
        ir.Write(index, ir.Int64(0));
        ir.Jump(head);
        ir.StartBlock(head);
        IrValue position = ir.Read(index);
        ir.Branch(ir.Compare(CompareOperator.LessUnsigned, position, capacity), body, done);
        Begin(body);
        ir.Branch(ir.Compare(CompareOperator.Equal, ByteAt(place, position), 0), done, step);
        Begin(step);
        ir.Write(index, ir.Add(position, ir.Int64(1)));
        ir.Jump(head);
        ir.Seal(head);
        Begin(done);
        return ir.Read(index);
    }

    /// <summary>0 when the first <paramref name="limit"/> bytes are equal (or both texts end before), else 1.</summary>
    private IrValue CompareFirst(BoundExpression left, BoundExpression right, int limit)
    {
        if (left is BoundText)
            (left, right) = (right, left);
        IrBlock equal = ir.NewBlock("equal"), different = ir.NewBlock("different"), next = ir.NewBlock("compared");
        if (right is BoundText text)
            CompareWithText(left, text.Value, Math.Min(limit, text.Value.Length + 1), equal, different);
        else
            CompareTexts(Memory(left), Memory(right), Math.Min(limit, Math.Min(left.Type.Size, right.Type.Size)), equal, different);
        var result = new IrVariable(IrType.I64, "difference");
        Begin(equal);
        ir.Write(result, ir.Int64(0));
        ir.Jump(next);
        Begin(different);
        ir.Write(result, ir.Int64(1));
        ir.Jump(next);
        Begin(next);
        return ir.Read(result);
    }
}
