using System.Buffers.Binary;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Tests.Ir;

/// <summary>What a run of a function did, as far as anybody outside can tell.</summary>
public sealed record Evaluation(long Result, IReadOnlyList<string> Observations)
{
    public override string ToString() => $"returns {Result:x}\n{string.Join('\n', Observations)}";
}

/// <summary>
/// Runs IR as its instructions are documented, one at a time: the reference that passes and code generation are compared with.
/// Shares no code with them.
/// </summary>
public sealed class IrEvaluator(EvaluatedHelpers helpers)
{
    public const int ContextSize = 256;

    private const int MaxSteps = 200_000;
    private const int MayGotoBudget = 64;

    private int steps;
    private int rounds;

    /// <summary>Runs a program on a context whose bytes, and whose helpers' answers, come from a seed.</summary>
    public static Evaluation Run(IrFunction function, int seed) => Run(function, seed, new EvaluatedHelpers(seed));

    /// <summary>The same with helpers, and memory behind them, that the caller has prepared.</summary>
    public static Evaluation Run(IrFunction function, int seed, EvaluatedHelpers helpers)
    {
        var context = new EvaluatedMemory("context", ContextSize);
        var bytes = new byte[ContextSize];
        new Random(seed).NextBytes(bytes);
        context.Write(0, bytes);
        EvaluatedValue result = new IrEvaluator(helpers).Call(function, [new EvaluatedValue(0, context)]);
        return new Evaluation(result.Integer, [.. helpers.Observations]);
    }

    /// <summary>Calls a function of the module.</summary>
    public EvaluatedValue Call(IrFunction function, EvaluatedValue[] arguments)
    {
        var values = new Dictionary<IrValue, EvaluatedValue>();
        for (int i = 0; i < arguments.Length; i++)
            values[function.Parameters[i]] = arguments[i];
        IrBlock block = function.Entry;
        IrBlock? before = null;
        while (true)
        {
            EnterBlock(block, before, values);
            foreach (IrInstruction instruction in block.Instructions)
                values[instruction] = Evaluate(instruction, values);
            before = block;
            switch (block.Terminator)
            {
                case ReturnInstruction end:
                    return Get(end.Value, values);
                case JumpInstruction jump:
                    block = jump.Target;
                    break;
                case BranchInstruction branch:
                    // Both edges may lead to one block whose phis tell them apart; no pass or front end makes such a branch.
                    block = Get(branch.Condition, values).Integer != 0 ? branch.IfTrue : branch.IfFalse;
                    break;
                case MayGotoInstruction loop:
                    block = rounds++ < MayGotoBudget ? loop.Body : loop.Exit;
                    break;
            }
        }
    }

    private void EnterBlock(IrBlock block, IrBlock? before, Dictionary<IrValue, EvaluatedValue> values)
    {
        if ((steps += 1 + block.Instructions.Count) > MaxSteps)
            throw new InvalidOperationException("The function does not end.");
        if (before is null || block.Phis.Count == 0)
            return;
        int edge = block.Predecessors.IndexOf(before);
        EvaluatedValue[] incoming = [.. block.Phis.Select(phi => Get(phi.Operands[edge], values))];
        for (int i = 0; i < incoming.Length; i++)
            values[block.Phis[i]] = incoming[i];
    }

    private static EvaluatedValue Get(IrValue value, Dictionary<IrValue, EvaluatedValue> values) =>
        value is IrConstant constant ? new EvaluatedValue(constant.Value) : values[value];

    private EvaluatedValue Evaluate(IrInstruction instruction, Dictionary<IrValue, EvaluatedValue> values)
    {
        EvaluatedValue Operand(int index) => Get(instruction.Operands[index], values);
        switch (instruction)
        {
            case BinaryInstruction i:
                return new EvaluatedValue(i.Type == IrType.I64
                    ? Calculate64(i.Operator, Operand(0).Integer, Operand(1).Integer)
                    : (uint)Calculate32(i.Operator, (int)Operand(0).Integer, (int)Operand(1).Integer));
            case CompareInstruction i:
                return new EvaluatedValue(Compare(i.Operator, Operand(0), Operand(1), i.Left.Type) ? 1 : 0);
            case ConvertInstruction i:
                return new EvaluatedValue(Cut(Convert(i, Operand(0)), i.Type));
            case SelectInstruction:
                return Operand(0).Integer != 0 ? Operand(1) : Operand(2);
            case StackAllocateInstruction i:
                return new EvaluatedValue(0, new EvaluatedMemory(i.Name, i.Size));
            case LoadInstruction i:
                return Operand(0).Memory!.Load(Operand(0).Integer + i.Offset, i.Type.Size);
            case StoreInstruction i:
                Operand(0).Memory!.Store(Operand(0).Integer + i.Offset, i.Value.Type.Size, Operand(1));
                return default;
            case ZeroMemoryInstruction i:
                Operand(0).Memory!.Write(Operand(0).Integer + i.Offset, new byte[i.Size]);
                return default;
            case CopyMemoryInstruction i:
                Operand(0).Memory!.Write(Operand(0).Integer + i.TargetOffset, Operand(1).Memory!.Read(Operand(1).Integer + i.SourceOffset, i.Size));
                return default;
            case OffsetInstruction:
                return Operand(0).Move(Operand(1).Integer);
            case AtomicInstruction i:
                return Exchange(i, Operand(0).Move(i.Offset), Operand(1).Integer);
            case MapAddressInstruction i:
                return new EvaluatedValue(0, new EvaluatedMemory(i.Map, 0));
            case GlobalAddressInstruction i:
                return new EvaluatedValue(i.Offset, helpers.Section(i.Map));
            case CallHelperInstruction i:
                return CutInteger(helpers.Call(i.Helper, [.. i.Operands.Select(o => Get(o, values))]), i.Type);
            case CallFunctionInstruction i:
                return Call(i.Function, [.. i.Operands.Select(o => Get(o, values))]);
            case AssumeInstruction:
                return Operand(0);
            default:
                throw new InvalidOperationException($"{instruction.GetType().Name} is not evaluated.");
        }
    }

    private static EvaluatedValue CutInteger(EvaluatedValue value, IrType type) =>
        type.IsInteger ? new EvaluatedValue(Cut(value.Integer, type)) : value;

    private static long Cut(long value, IrType type) => type.Bits == 64 ? value : value & ((1L << type.Bits) - 1);

    private static EvaluatedValue Exchange(AtomicInstruction i, EvaluatedValue place, long operand)
    {
        int size = i.Type.Size;
        long before = place.Memory!.Load(place.Integer, size).Integer;
        long after = i.Operator switch
        {
            AtomicOperator.Add => before + operand,
            AtomicOperator.Or => before | operand,
            AtomicOperator.And => before & operand,
            AtomicOperator.Xor => before ^ operand,
            _ => operand,
        };
        place.Memory.Store(place.Integer, size, new EvaluatedValue(after));
        return new EvaluatedValue(before);
    }

    private static bool Compare(CompareOperator op, EvaluatedValue a, EvaluatedValue b, IrType type)
    {
        if (type.IsPointer)
            return (a == b) == (op == CompareOperator.Equal);
        int order = op >= CompareOperator.LessSigned
            ? SignExtend(a.Integer, type.Bits).CompareTo(SignExtend(b.Integer, type.Bits))
            : ((ulong)a.Integer).CompareTo((ulong)b.Integer);
        return op switch
        {
            CompareOperator.Equal => order == 0,
            CompareOperator.NotEqual => order != 0,
            CompareOperator.LessUnsigned or CompareOperator.LessSigned => order < 0,
            CompareOperator.LessOrEqualUnsigned or CompareOperator.LessOrEqualSigned => order <= 0,
            CompareOperator.GreaterUnsigned or CompareOperator.GreaterSigned => order > 0,
            _ => order >= 0,
        };
    }

    private static long SignExtend(long value, int bits) => value << (64 - bits) >> (64 - bits);

    private static long Convert(ConvertInstruction i, EvaluatedValue value) => i.Operator switch
    {
        ConvertOperator.SignExtend => i.Value.Type == IrType.Bool ? value.Integer : SignExtend(value.Integer, i.Value.Type.Bits),
        ConvertOperator.ByteSwap => BinaryPrimitives.ReverseEndianness(value.Integer) >>> (64 - i.Type.Bits),
        _ => value.Integer,
    };

    private static long Calculate64(BinaryOperator op, long a, long b)
    {
        switch (op)
        {
            case BinaryOperator.DivideUnsigned:
                return b == 0 ? 0 : (long)((ulong)a / (ulong)b);
            case BinaryOperator.DivideSigned:
                return b == 0 ? 0 : (long)((Int128)a / b);
            case BinaryOperator.ModuloUnsigned:
                return b == 0 ? a : (long)((ulong)a % (ulong)b);
            case BinaryOperator.ModuloSigned:
                return b == 0 ? a : (long)((Int128)a % b);
            case BinaryOperator.ShiftLeft:
                return a << (int)(b & 63);
            case BinaryOperator.ShiftRightUnsigned:
                return (long)((ulong)a >> (int)(b & 63));
            case BinaryOperator.ShiftRightSigned:
                return a >> (int)(b & 63);
            default:
                return Calculate(op, a, b);
        }
    }

    private static int Calculate32(BinaryOperator op, int a, int b) => op switch
    {
        BinaryOperator.DivideUnsigned => b == 0 ? 0 : (int)((uint)a / (uint)b),
        BinaryOperator.DivideSigned => b == 0 ? 0 : (int)((long)a / b),
        BinaryOperator.ModuloUnsigned => b == 0 ? a : (int)((uint)a % (uint)b),
        BinaryOperator.ModuloSigned => b == 0 ? a : (int)((long)a % b),
        BinaryOperator.ShiftLeft => a << (b & 31),
        BinaryOperator.ShiftRightUnsigned => (int)((uint)a >> (b & 31)),
        BinaryOperator.ShiftRightSigned => a >> (b & 31),
        _ => (int)Calculate(op, a, b),
    };

    private static long Calculate(BinaryOperator op, long a, long b) => op switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        BinaryOperator.And => a & b,
        BinaryOperator.Or => a | b,
        BinaryOperator.Xor => a ^ b,
        _ => throw new InvalidOperationException($"{op} depends on the width."),
    };
}
