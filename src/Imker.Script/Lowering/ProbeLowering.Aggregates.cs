using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

// Values gathered per CPU. Layouts: DataType.cs of Imker.Objects.
internal sealed partial class ProbeLowering
{
    // How often an extremum is tried to be raised when programs that interrupt this one raise it too.
    private const int RaiseTries = 4;

    private void Aggregate(BoundAggregate statement)
    {
        MapStorage map = module.StorageOf(statement.Map);
        IrValue? number = statement.Value is null ? null : ir.Resize(Scalar(statement.Value), IrType.I64, IsSigned(statement.Value.Type));
        ir.Span = statement.Span;
        IrValue key = KeyPointer(statement.Map, statement.Key);
        if (map.IsPerCpuScalar)
            WhenFound(Lookup(map, key), value => Gather(statement.Type, map, value, number));
        else
            WithEntry(map, statement.Map.Name, key, value => Gather(statement.Type, map, value, number));
    }

    private void Gather(AggregateType type, MapStorage map, IrValue cell, IrValue? number)
    {
        switch (type.Kind)
        {
            case AggregateKind.Count:
                AddToCell(map, cell, 0, ir.Int64(1));
                break;
            case AggregateKind.Sum:
                AddToCell(map, cell, 0, number!);
                break;
            case AggregateKind.Average:
            case AggregateKind.Stats:
                AddToCell(map, cell, 0, number!);
                AddToCell(map, cell, 8, ir.Int64(1));
                break;
            case AggregateKind.Minimum:
                Raise(map, cell, Rank(number!, type.IsSigned, isMinimum: true));
                break;
            case AggregateKind.Maximum:
                Raise(map, cell, Rank(number!, type.IsSigned, isMinimum: false));
                break;
            case AggregateKind.Log2Histogram:
                CountInBucket(map, cell, Log2Bucket(number!, type.Bits), Log2HistogramData.CellCount(type.Bits));
                break;
            default:
                CountInBucket(map, cell, LinearBucket(number!, type), DataTypes.Of(type).Size / 8);
                break;
        }
    }

    private void AddToCell(MapStorage map, IrValue pointer, int offset, IrValue number)
    {
        if (map.IsAtomic)
            ir.Atomic(AtomicOperator.Add, pointer, offset, number);
        else
            ir.Store(pointer, offset, ir.Add(ir.Load(IrType.I64, pointer, offset), number));
    }

    private IrValue Rank(IrValue number, bool isSigned, bool isMinimum)
    {
        long mask = ExtremumRank.Mask(isSigned, isMinimum);
        return mask == 0 ? number : ir.Binary(BinaryOperator.Xor, number, ir.Int64(mask));
    }

    /// <summary>
    /// Sets a cell to a rank when that is higher. Where a program may be interrupted between the comparison and the store,
    /// the rank is exchanged for what is there, until what came out is not higher than what went in: no rank is lost.
    /// </summary>
    private void Raise(MapStorage map, IrValue cell, IrValue rank)
    {
        ir.Store(cell, 8, ir.Int64(1));
        IrBlock higher = ir.NewBlock("higher"), done = ir.NewBlock("raised");
        ir.Branch(ir.Compare(CompareOperator.GreaterUnsigned, rank, ir.Load(IrType.I64, cell)), higher, done);
        Begin(higher);
        if (!map.IsAtomic || !module.Facts.Has(KernelFeature.FetchingAtomics))
        {
            ir.Store(cell, 0, rank);
        }
        else
        {
            for (int i = 0; i < RaiseTries; i++)
            {
                IrValue old = ir.Atomic(AtomicOperator.Exchange, cell, 0, rank);
                IrBlock again = ir.NewBlock("again");
                ir.Branch(ir.Compare(CompareOperator.GreaterUnsigned, old, rank), again, done, BranchHint.LikelyFalse);
                Begin(again);
                rank = old;
            }
        }
        ir.Jump(done);
        Begin(done);
    }

    // The verifier must see that the cell is inside, whatever it made of the arithmetic before.
    private void CountInBucket(MapStorage map, IrValue cells, IrValue bucket, int count)
    {
        IrBlock inside = ir.NewBlock("bucket"), next = ir.NewBlock("counted");
        ir.Branch(ir.Compare(CompareOperator.LessUnsigned, bucket, count), inside, next, BranchHint.LikelyTrue);
        Begin(inside);
        AddToCell(map, ir.Offset(cells, ir.ShiftLeft(bucket, 3)), 0, ir.Int64(1));
        ir.Jump(next);
        Begin(next);
    }

    /// <summary>
    /// The cell of a logarithmic histogram: 0 for negative numbers, 1 + n for the first 2^bits, then 2^bits cells for each
    /// power of two. The exponent is found by halving, as there is no instruction for it.
    /// </summary>
    private IrValue Log2Bucket(IrValue number, int bits)
    {
        var bucket = new IrVariable(IrType.I64, "bucket");
        IrBlock small = ir.NewBlock("small"), large = ir.NewBlock("large"), positive = ir.NewBlock("positive"), done = ir.NewBlock("log2");
        ir.Write(bucket, ir.Int64(0));
        ir.Branch(ir.Compare(CompareOperator.LessSigned, number, 0), done, positive);
        Begin(positive);
        ir.Branch(ir.Compare(CompareOperator.LessUnsigned, number, 1L << bits), small, large);
        Begin(small);
        ir.Write(bucket, ir.Add(number, ir.Int64(1)));
        ir.Jump(done);
        Begin(large);

        var rest = new IrVariable(IrType.I64, "rest");
        var exponent = new IrVariable(IrType.I64, "exponent");
        ir.Write(rest, number);
        ir.Write(exponent, ir.Int64(0));
        for (int step = 32; step > 0; step /= 2)
        {
            IrBlock shift = ir.NewBlock("shift"), next = ir.NewBlock("halved");
            IrValue value = ir.Read(rest);
            IrValue isLarge = step == 32
                ? ir.Compare(CompareOperator.NotEqual, ir.ShiftRight(value, 32), 0)
                : ir.Compare(CompareOperator.GreaterOrEqualUnsigned, value, 1L << step);
            ir.Branch(isLarge, shift, next);
            Begin(shift);
            ir.Write(rest, ir.ShiftRight(value, step));
            ir.Write(exponent, ir.Add(ir.Read(exponent), ir.Int64(step)));
            ir.Jump(next);
            Begin(next);
        }
        // Cell 1 + (e - bits) * 2^bits + (n >> (e - bits)); without sub-buckets the last term is 1.
        IrValue power = ir.Read(exponent);
        if (bits == 0)
        {
            ir.Write(bucket, ir.Add(power, ir.Int64(2)));
        }
        else
        {
            IrValue above = ir.Subtract(power, ir.Int64(bits));
            IrValue head = ir.Binary(BinaryOperator.ShiftRightUnsigned, number, above);
            ir.Write(bucket, ir.Add(ir.Add(ir.ShiftLeft(above, bits), head), ir.Int64(1)));
        }
        ir.Jump(done);
        Begin(done);
        return ir.Read(bucket);
    }

    private IrValue LinearBucket(IrValue number, AggregateType type)
    {
        long steps = DataTypes.Of(type).Size / 8 - 2;
        var bucket = new IrVariable(IrType.I64, "bucket");
        IrBlock above = ir.NewBlock("above"), within = ir.NewBlock("within"), done = ir.NewBlock("linear");
        ir.Write(bucket, ir.Int64(0));
        ir.Branch(ir.Compare(CompareOperator.LessSigned, number, type.Min), done, above);
        Begin(above);
        ir.Write(bucket, ir.Int64(steps + 1));
        ir.Branch(ir.Compare(CompareOperator.GreaterOrEqualSigned, number, type.Max), done, within);
        Begin(within);
        IrValue distance = ir.Subtract(number, ir.Int64(type.Min));
        ir.Write(bucket, ir.Add(ir.Binary(BinaryOperator.DivideUnsigned, distance, ir.Int64(type.Step)), ir.Int64(1)));
        ir.Jump(done);
        Begin(done);
        return ir.Read(bucket);
    }

    /// <summary>What all CPUs have gathered in an entry, as one number.</summary>
    private IrValue ReadAggregate(MapStorage map, AggregateType type, IrValue key, ScriptType resultType)
    {
        IrBlock head = ir.NewBlock("percpu"), body = ir.NewBlock("cpu"), found = ir.NewBlock("part"), done = ir.NewBlock("gathered");
        var cpu = new IrVariable(IrType.I64, "cpu");
        var total = new IrVariable(IrType.I64, "total");
        var count = new IrVariable(IrType.I64, "count");
        IrValue pointer = MapPointer(map);
        ir.Write(cpu, ir.Int64(0));
        ir.Write(total, ir.Int64(0));
        ir.Write(count, ir.Int64(0));
        ir.Jump(head);
        ir.StartBlock(head);
        IrValue index = ir.Read(cpu);
        ir.Branch(ir.Compare(CompareOperator.LessUnsigned, index, module.Facts.PossibleCpus), body, done);
        Begin(body);
        IrValue part = ir.Call(HelperId.MapLookupPercpuElem, IrType.Pointer(Provenance.MapValue, isNullable: true),
            pointer, key, index);
        ir.Branch(ir.Compare(CompareOperator.NotEqual, part, 0), found, done);
        Begin(found);
        CombinePart(type, NonNull(ir, part), total, count);
        ir.Write(cpu, ir.Add(ir.Read(cpu), ir.Int64(1)));
        ir.Jump(head);
        ir.Seal(head);
        Begin(done);
        return ir.Resize(Combined(type, ir.Read(total), count), IrTypeOf(resultType), isSigned: false);
    }

    private void CombinePart(AggregateType type, IrValue part, IrVariable total, IrVariable count)
    {
        IrValue value = ir.Load(IrType.I64, part);
        if (type.Kind is AggregateKind.Minimum or AggregateKind.Maximum)
        {
            // Ranks: the highest wins, whatever it stands for; the flags of the CPUs are gathered beside it.
            IrBlock higher = ir.NewBlock("higher"), next = ir.NewBlock("next");
            ir.Branch(ir.Compare(CompareOperator.GreaterUnsigned, value, ir.Read(total)), higher, next);
            Begin(higher);
            ir.Write(total, value);
            ir.Jump(next);
            Begin(next);
            ir.Write(count, ir.Binary(BinaryOperator.Or, ir.Read(count), ir.Load(IrType.I64, part, 8)));
            return;
        }
        ir.Write(total, ir.Add(ir.Read(total), value));
        if (type.Kind is AggregateKind.Average or AggregateKind.Stats)
            ir.Write(count, ir.Add(ir.Read(count), ir.Load(IrType.I64, part, 8)));
    }

    private IrValue Combined(AggregateType type, IrValue total, IrVariable count)
    {
        switch (type.Kind)
        {
            case AggregateKind.Average or AggregateKind.Stats:
                return ir.Binary(type.IsSigned ? BinaryOperator.DivideSigned : BinaryOperator.DivideUnsigned, total, ir.Read(count));
            case AggregateKind.Minimum or AggregateKind.Maximum:
                IrValue value = Rank(total, type.IsSigned, type.Kind == AggregateKind.Minimum);
                return ir.Select(ir.Compare(CompareOperator.NotEqual, ir.Read(count), 0), value, ir.Int64(0));
            default:
                return total;
        }
    }
}
