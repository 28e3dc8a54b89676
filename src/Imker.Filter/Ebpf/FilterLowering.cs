using Imker.Bytecode;
using Imker.Bytecode.Classic;
using Imker.Compiler.Ir;
using Imker.Diagnostics;

namespace Imker.Filter.Ebpf;

/// <summary>
/// Writes the IR of a filter from its graph. Accumulator, index register and scratch cells become values, of which there may be any number;
/// bytes that were loaded on the way are not loaded again, and a byte of a loaded word is cut out of it.
/// </summary>
internal sealed partial class FilterLowering
{
    // Of headers in a chain; nobody makes packets of more.
    private const int MaxRounds = 32;

    private readonly ExtendedFilterOptions options;
    private readonly DiagnosticBag diagnostics;
    private readonly IrBuilder builder;
    private readonly PacketAccess access;
    private readonly IrBlock entry, reject;
    private readonly IrVariable accumulator = new(IrType.I32, "a"), index = new(IrType.I32, "x");
    private readonly Dictionary<uint, IrVariable> cells = [];
    private readonly Dictionary<FlatBlock, IrBlock> blocks = [];
    private readonly Dictionary<FlatBlock, List<(IrBlock Edge, KnownPacket Known)>> incoming = [];

    // How often the edges back to the head of a loop were taken; a number for each loop, so that the verifier forgets it behind the loop.
    private readonly Dictionary<FlatBlock, IrVariable> rounds = [];
    private KnownPacket known = new();

    private FilterLowering(ExtendedFilterOptions options, DiagnosticBag diagnostics)
    {
        this.options = options;
        this.diagnostics = diagnostics;
        var context = new IrParameter(IrType.Pointer(Provenance.Context), "ctx", 0);
        builder = new IrBuilder(new IrFunction(options.Name, IrType.I64, context) { ProgramType = TypeOf(options.Target) });
        entry = builder.NewBlock("entry");
        reject = builder.NewBlock("reject");
        access = options.Target == FilterTarget.SocketFilter
            ? new HelperAccess(builder, context, reject) : new DirectAccess(builder, context, reject, options.Target == FilterTarget.Xdp);
    }

    /// <summary>The function of a filter's program.</summary>
    /// <param name="graph">Optimized or not.</param>
    /// <param name="options">What it is for.</param>
    /// <param name="diagnostics">Receives what the kind of program cannot know.</param>
    public static IrFunction Lower(FilterGraph graph, ExtendedFilterOptions options, DiagnosticBag diagnostics)
    {
        var lowering = new FilterLowering(options, diagnostics);
        lowering.Lower(GraphFlattening.Run(graph));
        return lowering.builder.Function;
    }

    public static ProgramType TypeOf(FilterTarget target) => target switch
    {
        FilterTarget.Xdp => ProgramType.Xdp,
        FilterTarget.TrafficControl => ProgramType.SchedCls,
        _ => ProgramType.SocketFilter,
    };

    private void Lower(List<FlatBlock> order)
    {
        builder.Seal(entry);
        builder.StartBlock(entry);
        access.Start();
        order[0].EdgeCount++;
        GoTo(order[0], fromOrder: -1);
        foreach (FlatBlock block in order)
            Lower(block);
        builder.Seal(reject);
        builder.StartBlock(reject);
        builder.Return(builder.Int64(options.Rejected));
        builder.Finish();
    }

    private void Lower(FlatBlock block)
    {
        Enter(block);
        foreach (FilterStatement statement in block.Statements)
            Lower(statement);
        if (block.IsReturn)
            builder.Return(builder.Int64(block.Result == 0 ? options.Rejected : options.Accepted ?? (long)block.Result));
        else if (block.Condition is { } condition)
            Branch(block, condition);
        else
            GoTo(block.WhenTrue!, block.Order);
    }

    private void Branch(FlatBlock block, FilterStatement condition)
    {
        IrValue test = Test(condition);
        IrBlock whenTrue = builder.NewBlock("true"), whenFalse = builder.NewBlock("false");
        builder.Branch(test, whenTrue, whenFalse);
        foreach ((IrBlock edge, FlatBlock target) in ((IrBlock, FlatBlock)[])[(whenTrue, block.WhenTrue!), (whenFalse, block.WhenFalse!)])
        {
            builder.Seal(edge);
            builder.StartBlock(edge);
            GoTo(target, block.Order);
        }
    }

    // Ends the present block on an edge. Where edges meet, the jump is written when all that come from before are known.
    private void GoTo(FlatBlock target, int fromOrder)
    {
        if (target.Order <= fromOrder)
        {
            GoBack(target);
            return;
        }
        if (!incoming.TryGetValue(target, out List<(IrBlock, KnownPacket)>? edges))
            incoming.Add(target, edges = []);
        edges.Add((builder.Current!, known.Copy()));
    }

    // The verifier counts the rounds, so they must end.
    private void GoBack(FlatBlock target)
    {
        if (!rounds.TryGetValue(target, out IrVariable? counter))
            rounds.Add(target, counter = new IrVariable(IrType.I32, "round"));
        IrValue round = builder.Add(builder.Read(counter), builder.Int32(1));
        access.RejectIf(builder.Compare(CompareOperator.GreaterUnsigned, round, MaxRounds));
        builder.Write(counter, round);
        builder.Jump(blocks[target]);
        if (--target.EdgeCount == 0)
            builder.Seal(blocks[target]);
    }

    private void Enter(FlatBlock block)
    {
        if (!incoming.Remove(block, out List<(IrBlock Edge, KnownPacket Known)>? edges))
            throw new InvalidOperationException("A block comes before those that lead to it.");
        if (edges.Count > 1)
            LoadOnEdges(block, edges);
        IrBlock here = builder.NewBlock("block");
        blocks.Add(block, here);
        KnownPacket? met = null;
        foreach ((IrBlock edge, KnownPacket there) in edges)
        {
            builder.StartBlock(edge);
            builder.Jump(here);
            if (met is null)
                met = there;
            else
                met.Meet(there);
        }
        known = met!;
        block.EdgeCount -= edges.Count;
        if (block.EdgeCount == 0)
            builder.Seal(here);
        builder.StartBlock(here);
    }

    // What the block loads in any case and some of its edges have loaded is loaded on the others, so that on no way it is loaded twice.
    private void LoadOnEdges(FlatBlock block, List<(IrBlock Edge, KnownPacket Known)> edges)
    {
        List<PacketPiece> pieces = [.. block.Statements.Select(PieceOf).OfType<PacketPiece>()
            .Where(piece => edges.Any(edge => edge.Known.Pieces.Any(piece.Overlaps)))];
        if (pieces.Count == 0)
            return;
        for (int i = 0; i < edges.Count; i++)
        {
            builder.StartBlock(edges[i].Edge);
            known = edges[i].Known;
            foreach (PacketPiece piece in pieces)
                Load(piece, null);
            edges[i] = (builder.Current!, known);
        }
    }

    // The bytes that a statement loads from where they are in every packet.
    private static PacketPiece? PieceOf(FilterStatement statement) => statement.Code switch
    {
        ClassicOpcode.LoadAbsoluteWord or ClassicOpcode.LoadAbsoluteHalf or ClassicOpcode.LoadAbsoluteByte
            when !ClassicOffset.TryGetField(statement.K, out _) => new PacketPiece(PieceBase.None, statement.K, SizeOf(statement.Code)),
        ClassicOpcode.LoadIndexHeaderLength => new PacketPiece(PieceBase.None, statement.K, 1),
        _ => null,
    };

    private static int SizeOf(ushort code) => (code & ClassicOpcode.SizeMask) switch
    {
        (int)MemorySize.Word => 4,
        (int)MemorySize.Half => 2,
        _ => 1,
    };
}
