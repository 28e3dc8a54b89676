using Imker.Compiler.Ir;

namespace Imker.Filter.Ebpf;

internal sealed partial class FilterLowering
{
    private readonly Dictionary<PacketPiece, LoadedPiece> pieces = [];
    private readonly Dictionary<uint, IrVariable> headerLengths = [];

    /// <summary>A piece as variables: its number, and 1 where that has been loaded. A variable that was not written is zero.</summary>
    private sealed record LoadedPiece(IrVariable Number, IrVariable IsLoaded);

    private IrValue LoadIndirect(FilterStatement statement)
    {
        int size = SizeOf(statement.Code);
        // An index that became a constant is an offset like any other.
        if (X is IrConstant constant)
            return Load(new PacketPiece(PieceBase.None, statement.K + (uint)constant.Value, size), null);
        PieceBase start = known.IndexHeader is { } header ? PieceBase.HeaderAt(header) : new PieceBase(null, X);
        return Load(new PacketPiece(start, statement.K, size), X);
    }

    private IrValue LoadHeaderLength(uint offset)
    {
        if (!headerLengths.TryGetValue(offset, out IrVariable? variable))
            headerLengths.Add(offset, variable = new IrVariable(IrType.I32, $"length{offset}"));
        if (!known.HeaderLengths.Contains(offset))
        {
            IrValue words = builder.And(Load(new PacketPiece(PieceBase.None, offset, 1), null), 0xf);
            builder.Write(variable, builder.ShiftLeft(words, 2));
            known.HeaderLengths.Add(offset);
        }
        return builder.Read(variable);
    }

    /// <summary>The number of a piece, loaded unless it has been.</summary>
    /// <param name="piece">Which bytes.</param>
    /// <param name="start">The value of the piece's base; null without one.</param>
    private IrValue Load(PacketPiece piece, IrValue? start)
    {
        if (known.Pieces.Contains(piece))
            return builder.Read(VariablesOf(piece).Number);
        IrValue value = Smallest(known.Pieces, piece) is { } whole ? CutOut(piece, whole)
            : piece.Size > 1 && known.Pieces.Any(piece.Overlaps) ? PutTogether(piece, start)
            : LoadUnlessLoaded(piece, start);
        Remember(piece, value);
        return value;
    }

    private void Remember(PacketPiece piece, IrValue value)
    {
        builder.Write(VariablesOf(piece).Number, value);
        builder.Write(VariablesOf(piece).IsLoaded, builder.Int32(1));
        known.Pieces.Add(piece);
        known.Perhaps.Remove(piece);
    }

    // The smallest piece that holds another one. There may be several; which is taken must not depend on the order of a set.
    private static PacketPiece? Smallest(HashSet<PacketPiece> among, PacketPiece piece)
    {
        PacketPiece? smallest = null;
        foreach (PacketPiece whole in among)
        {
            if (whole.Contains(piece) && (smallest is not { } found || (whole.Size, whole.Offset).CompareTo((found.Size, found.Offset)) < 0))
                smallest = whole;
        }
        return smallest;
    }

    private IrValue CutOut(PacketPiece piece, PacketPiece whole)
    {
        IrValue value = builder.Read(VariablesOf(whole).Number);
        uint before = piece.Offset - whole.Offset, behind = (uint)(whole.Size - piece.Size) - before;
        if (behind > 0)
            value = builder.ShiftRight(value, (int)behind * 8);
        return before == 0 ? value : builder.And(value, (1L << piece.Size * 8) - 1);
    }

    // Of halves, when some of the bytes are there.
    private IrValue PutTogether(PacketPiece piece, IrValue? start)
    {
        IrValue high = Load(piece.High, start), low = Load(piece.Low, start);
        return builder.Binary(BinaryOperator.Or, builder.ShiftLeft(high, piece.Size / 2 * 8), low);
    }

    private IrValue LoadUnlessLoaded(PacketPiece piece, IrValue? start)
    {
        if (Smallest(known.Perhaps, piece) is { } whole)
            return CutOutOrLoad(piece, whole, start);
        return piece.Size > 1 && known.Perhaps.Any(piece.Overlaps) ? PutTogether(piece, start) : access.Load(piece, start, known);
    }

    // Some ways have loaded a piece that holds this one.
    private IrValue CutOutOrLoad(PacketPiece piece, PacketPiece whole, IrValue? start)
    {
        IrBlock loaded = builder.NewBlock("loaded"), missing = builder.NewBlock("missing"), join = builder.NewBlock("join");
        builder.Branch(builder.Compare(CompareOperator.NotEqual, builder.Read(VariablesOf(whole).IsLoaded), 0), loaded, missing);
        builder.Seal(loaded);
        builder.Seal(missing);
        KnownPacket before = known;
        var result = new IrVariable(IrType.I32, "bytes");

        builder.StartBlock(loaded);
        known = before.Copy();
        known.Perhaps.Remove(whole);
        known.Pieces.Add(whole);
        builder.Write(result, CutOut(piece, whole));
        builder.Jump(join);
        KnownPacket behind = known;

        builder.StartBlock(missing);
        known = before.Copy();
        known.Perhaps.Remove(whole);
        builder.Write(result, LoadUnlessLoaded(piece, start));
        builder.Jump(join);
        behind.Meet(known);

        builder.Seal(join);
        builder.StartBlock(join);
        known = behind;
        return builder.Read(result);
    }

    private LoadedPiece VariablesOf(PacketPiece piece)
    {
        if (!pieces.TryGetValue(piece, out LoadedPiece? variables))
            pieces.Add(piece, variables = new LoadedPiece(new IrVariable(IrType.I32, "bytes"), new IrVariable(IrType.I32, "loaded")));
        return variables;
    }
}
