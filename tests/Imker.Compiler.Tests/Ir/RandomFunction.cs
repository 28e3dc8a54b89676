using Imker.Bytecode;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Tests.Ir;

/// <summary>
/// Writes a function out of a seed as a front end would: variables, arithmetic of both widths, branches and chains of conditions,
/// bounded loops, memory of the frame, maps behind null checks, helpers. It always ends and touches no memory that it may not.
/// </summary>
public sealed class RandomFunction
{
    private const int VariableCount = 4;

    private static readonly BinaryOperator[] binary = Enum.GetValues<BinaryOperator>();
    private static readonly CompareOperator[] compare = Enum.GetValues<CompareOperator>();
    private static readonly long[] literals = [0, 1, 2, 3, 7, 8, 63, 64, 255, 1000, -1, -8, int.MaxValue, int.MinValue, long.MinValue, 0xffffffff];

    private readonly Random random;

    // Small ones stay on the stack, large ones do not fit there.
    private readonly int bufferSize;
    private readonly IrBuilder builder;
    private readonly IrVariable[] wide = [.. Enumerable.Range(0, VariableCount).Select(i => new IrVariable(IrType.I64, $"w{i}"))];
    private readonly IrVariable[] narrow = [.. Enumerable.Range(0, VariableCount).Select(i => new IrVariable(IrType.I32, $"n{i}"))];
    private readonly List<IrValue> buffers = [];
    private int budget;

    private RandomFunction(int seed, int size)
    {
        random = new Random(seed);
        budget = size;
        bufferSize = random.Next(2) == 0 ? 32 : 256;
        var context = new IrParameter(IrType.Pointer(Provenance.Context), "ctx", 0);
        builder = new IrBuilder(new IrFunction("main", IrType.I64, context) { ProgramType = ProgramType.Kprobe });
    }

    /// <param name="seed">The same seed gives the same function.</param>
    /// <param name="size">About how many statements.</param>
    public static IrFunction Make(int seed, int size = 30)
    {
        var generator = new RandomFunction(seed, size);
        generator.Write();
        return generator.builder.Function;
    }

    private void Write()
    {
        IrBlock entry = builder.NewBlock("entry");
        builder.StartBlock(entry);
        builder.Seal(entry);
        for (int i = 0; i < 3; i++)
        {
            buffers.Add(builder.StackAllocate(bufferSize, 8, "buffer"));
            builder.Zero(buffers[i], 0, bufferSize);
        }
        foreach (IrVariable variable in wide)
            builder.Write(variable, builder.Load(IrType.I64, builder.Function.Parameters[0], 8 * random.Next(16)));
        Statements();
        if (builder.IsReachable)
            builder.Return(builder.Read(wide[0]));
        builder.Finish();
    }

    private void Statements()
    {
        for (int count = random.Next(1, 8); count > 0 && budget > 0 && builder.IsReachable; count--)
        {
            budget--;
            Statement();
        }
    }

    private void Statement()
    {
        switch (random.Next(17))
        {
            case < 4:
                builder.Write(Pick(wide), Wide(2));
                break;
            case < 6:
                builder.Write(Pick(narrow), Narrow(2));
                break;
            case < 8:
                StoreToBuffer();
                break;
            case 8:
                ZeroOrCopy();
                break;
            case 9:
                Lookup();
                break;
            case 10:
                Update();
                break;
            case 11:
                Output();
                break;
            case < 14:
                If();
                break;
            case 14:
                Loop();
                break;
            case 15:
                Temporary();
                break;
            default:
                if (random.Next(4) == 0)
                    builder.Return(Wide(1));
                else
                    Atomic();
                break;
        }
    }

    private void StoreToBuffer()
    {
        IrValue value = random.Next(3) == 0 ? Narrow(1) : Wide(1);
        int size = value.Type.Size;
        builder.Store(Pick(buffers), size * random.Next(bufferSize / size), value);
    }

    private void ZeroOrCopy()
    {
        int size = 8 * random.Next(1, 3);
        if (random.Next(2) == 0)
            builder.Zero(Pick(buffers), 8 * random.Next(3), size);
        else
            builder.Copy(buffers[0], 8 * random.Next(3), buffers[1], 8 * random.Next(3), size);
    }

    // Memory of a single statement, as keys and records are.
    private void Temporary()
    {
        IrValue temporary = builder.StackAllocate(16 * random.Next(1, 3), 8, "temporary");
        builder.Store(temporary, 0, Wide(1));
        builder.Zero(temporary, 8, 8);
        if (random.Next(2) == 0)
            builder.Store(temporary, 12, Narrow(1));
        if (random.Next(3) > 0)
            builder.Call(HelperId.RingbufOutput, IrType.I64, builder.MapAddress("events"), temporary, builder.Int64(16), builder.Int64(0));
        builder.Write(Pick(wide), builder.Load(IrType.I64, temporary, 8 * random.Next(2)));
    }

    private void Lookup()
    {
        IrValue key = builder.Offset(Pick(buffers), 8 * random.Next(4));
        IrValue found = builder.Call(
            HelperId.MapLookupElem, IrType.Pointer(Provenance.MapValue, isNullable: true), builder.MapAddress("counts"), key);
        IrBlock present = builder.NewBlock("present"), done = builder.NewBlock("done");
        builder.Branch(builder.Compare(CompareOperator.NotEqual, found, 0), present, done, BranchHint.LikelyTrue);
        builder.Seal(present);
        builder.StartBlock(present);
        IrValue value = builder.Assume(found, IrType.Pointer(Provenance.MapValue));
        builder.Write(Pick(wide), builder.Load(IrType.I64, value));
        builder.Store(value, 8, Wide(1));
        JumpAndStart(done);
    }

    private void Update()
    {
        IrValue result = builder.Call(
            HelperId.MapUpdateElem, IrType.I64, builder.MapAddress("counts"), builder.Offset(Pick(buffers), 8 * random.Next(4)),
            builder.Offset(Pick(buffers), 8 * random.Next(3)), builder.Int64(0));
        builder.Write(Pick(wide), result);
    }

    private void Output()
    {
        if (random.Next(2) == 0)
            builder.Call(HelperId.GetCurrentComm, IrType.I64, Pick(buffers), builder.Int64(16));
        builder.Call(
            HelperId.RingbufOutput, IrType.I64, builder.MapAddress("events"), Pick(buffers), builder.Int64(8 * random.Next(1, 5)), builder.Int64(0));
    }

    private void Atomic() =>
        builder.Write(Pick(wide), builder.Atomic(AtomicOperator.Add, builder.GlobalAddress("totals", 8 * random.Next(4)), 0, Wide(1)));

    private void If()
    {
        IrBlock yes = builder.NewBlock("then"), no = builder.NewBlock("else"), done = builder.NewBlock("endif");
        Condition(yes, no);
        builder.Seal(yes);
        builder.Seal(no);
        builder.StartBlock(yes);
        Statements();
        if (builder.IsReachable)
            builder.Jump(done);
        builder.StartBlock(no);
        if (random.Next(2) == 0)
            Statements();
        JumpAndStart(done);
    }

    // Now and then as a value made by a chain of branches, as `&&` and `||` are where the result is kept.
    private void Condition(IrBlock yes, IrBlock no)
    {
        if (random.Next(2) == 0)
        {
            builder.Branch(Bool(), yes, no);
            return;
        }
        var result = new IrVariable(IrType.Bool, "both");
        IrBlock second = builder.NewBlock("second"), joined = builder.NewBlock("joined");
        bool isAnd = random.Next(2) == 0;
        builder.Write(result, builder.Constant(IrType.Bool, isAnd ? 0 : 1));
        IrValue first = Bool();
        if (isAnd)
            builder.Branch(first, second, joined);
        else
            builder.Branch(first, joined, second);
        builder.Seal(second);
        builder.StartBlock(second);
        builder.Write(result, Bool());
        JumpAndStart(joined);
        IrValue condition = builder.Read(result);
        builder.Branch(random.Next(2) == 0 ? condition : builder.Compare(CompareOperator.NotEqual, builder.Resize(condition, IrType.I64, false), 0), yes, no);
    }

    private void Loop()
    {
        var counter = new IrVariable(IrType.I64, "counter");
        builder.Write(counter, builder.Int64(0));
        IrBlock head = builder.NewBlock("head"), body = builder.NewBlock("body"), done = builder.NewBlock("done");
        builder.Jump(head);
        builder.StartBlock(head);
        IrValue index = builder.Read(counter);
        builder.Branch(builder.Compare(CompareOperator.LessUnsigned, index, random.Next(1, 5)), body, done);
        builder.Seal(body);
        builder.StartBlock(body);
        Statements();
        if (builder.IsReachable)
        {
            builder.Write(counter, builder.Add(builder.Read(counter), builder.Int64(1)));
            builder.Jump(head);
        }
        builder.Seal(head);
        builder.Seal(done);
        builder.StartBlock(done);
    }

    private void JumpAndStart(IrBlock block)
    {
        if (builder.IsReachable)
            builder.Jump(block);
        builder.Seal(block);
        if (block.Predecessors.Count > 0)
            builder.StartBlock(block);
        else
            builder.Function.Blocks.Remove(block);
    }

    private IrValue Wide(int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
            return random.Next(2) == 0 ? builder.Int64(Pick(literals)) : builder.Read(Pick(wide));
        return random.Next(10) switch
        {
            < 4 => builder.Binary(Pick(binary), Wide(depth - 1), Wide(depth - 1)),
            4 => builder.Convert(random.Next(2) == 0 ? ConvertOperator.ZeroExtend : ConvertOperator.SignExtend, IrType.I64, Narrow(depth - 1)),
            5 => builder.Load(IrType.I64, Pick(buffers), 8 * random.Next(4)),
            6 => builder.Resize(Bool(), IrType.I64, false),
            7 => builder.Call(HelperId.GetCurrentPidTgid, IrType.I64),
            8 => builder.Select(Bool(), Wide(depth - 1), Wide(depth - 1)),
            _ => builder.Load(IrType.I64, builder.Offset(Pick(buffers), builder.Binary(BinaryOperator.And, Wide(depth - 1), builder.Int64(0x18)))),
        };
    }

    private IrValue Narrow(int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
            return random.Next(2) == 0 ? builder.Int32(Pick(literals)) : builder.Read(Pick(narrow));
        return random.Next(8) switch
        {
            < 4 => builder.Binary(Pick(binary), Narrow(depth - 1), Narrow(depth - 1)),
            4 => builder.Convert(ConvertOperator.Truncate, IrType.I32, Wide(depth - 1)),
            5 => builder.Load(IrType.I32, Pick(buffers), 4 * random.Next(8)),
            6 => builder.Convert(ConvertOperator.ByteSwap, IrType.I32, Narrow(depth - 1)),
            _ => builder.Resize(builder.Load(IrType.Integer(1 << random.Next(2)), Pick(buffers), 2 * random.Next(16)), IrType.I32, random.Next(2) == 0),
        };
    }

    private IrValue Bool() => random.Next(3) == 0
        ? builder.Compare(Pick(compare), Narrow(1), Narrow(1))
        : builder.Compare(Pick(compare), Wide(1), Wide(1));

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
