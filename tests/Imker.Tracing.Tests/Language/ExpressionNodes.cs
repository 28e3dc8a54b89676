namespace Imker.Tracing.Tests.Language;

/// <summary>An expression of the language: how it is written, and what it gives. Values are 64 bits; types say how they are read.</summary>
internal abstract record Node
{
    public abstract long Evaluate(long[] values);
}

internal sealed record VariableNode(int Index, bool IsSigned) : Node
{
    public override long Evaluate(long[] values) => values[Index];

    public override string ToString() => $"${(IsSigned ? 's' : 'u')}{Index}";
}

internal sealed record BinaryNode(string Operator, Node Left, Node Right, bool IsSigned) : Node
{
    public override long Evaluate(long[] values)
    {
        long a = Left.Evaluate(values), b = Right.Evaluate(values);
        return Operator switch
        {
            "+" => a + b,
            "-" => a - b,
            "*" => a * b,
            "&" => a & b,
            "|" => a | b,
            "^" => a ^ b,
            "<<" => a << (int)(b & 63),
            ">>" => IsSigned ? a >> (int)(b & 63) : (long)((ulong)a >> (int)(b & 63)),
            "/" => Divide(a, b),
            _ => Remainder(a, b),
        };
    }

    public override string ToString() => $"({Left} {Operator} {Right})";

    // What the processor gives (RFC 9669, section 4.1): nothing traps.
    private long Divide(long a, long b)
    {
        if (b == 0)
            return 0;
        if (!IsSigned)
            return (long)((ulong)a / (ulong)b);
        return b == -1 ? -a : a / b;
    }

    private long Remainder(long a, long b)
    {
        if (b == 0)
            return a;
        if (!IsSigned)
            return (long)((ulong)a % (ulong)b);
        return b == -1 ? 0 : a % b;
    }
}

internal sealed record UnaryNode(string Operator, Node Operand) : Node
{
    public override long Evaluate(long[] values) => Operator == "-" ? -Operand.Evaluate(values) : ~Operand.Evaluate(values);

    public override string ToString() => $"({Operator}{Operand})";
}

internal sealed record TernaryNode(Node Condition, Node IfTrue, Node IfFalse) : Node
{
    public override long Evaluate(long[] values) => Condition.Evaluate(values) != 0 ? IfTrue.Evaluate(values) : IfFalse.Evaluate(values);

    public override string ToString() => $"({Condition} ? {IfTrue} : {IfFalse})";
}

/// <param name="Bits">Negative for unsigned types.</param>
internal sealed record CastNode(int Bits, Node Operand) : Node
{
    public override long Evaluate(long[] values)
    {
        long value = Operand.Evaluate(values);
        return Bits switch
        {
            8 => (sbyte)value,
            16 => (short)value,
            32 => (int)value,
            -8 => (byte)value,
            -16 => (ushort)value,
            -32 => (uint)value,
            _ => value,
        };
    }

    public override string ToString() => $"(({(Bits < 0 ? "u" : "")}int{Math.Abs(Bits)}){Operand})";
}

internal sealed record CompareNode(string Operator, Node Left, Node Right, bool IsSigned) : Node
{
    public override long Evaluate(long[] values)
    {
        long a = Left.Evaluate(values), b = Right.Evaluate(values);
        int order = IsSigned ? a.CompareTo(b) : ((ulong)a).CompareTo((ulong)b);
        bool result = Operator switch
        {
            "==" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
        return result ? 1 : 0;
    }

    public override string ToString() => $"({Left} {Operator} {Right})";
}

internal sealed record LogicNode(string Operator, Node Left, Node Right) : Node
{
    public override long Evaluate(long[] values)
    {
        bool left = Left.Evaluate(values) != 0;
        bool result = Operator == "&&" ? left && Right.Evaluate(values) != 0 : left || Right.Evaluate(values) != 0;
        return result ? 1 : 0;
    }

    public override string ToString() => $"({Left} {Operator} {Right})";
}

internal sealed record NotNode(Node Operand) : Node
{
    public override long Evaluate(long[] values) => Operand.Evaluate(values) == 0 ? 1 : 0;

    public override string ToString() => $"(!{Operand})";
}
