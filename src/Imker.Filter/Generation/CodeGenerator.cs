using Imker.Bytecode.Classic;
using Imker.Diagnostics;
using Imker.Filter.Syntax;

namespace Imker.Filter.Generation;

/// <summary>
/// Makes the graph of a filter. It walks the tree from left to right as libpcap's generator does while it parses, makes the same blocks
/// and takes scratch cells in the same order, so that the listings agree. Words such as <c>vlan</c> change where headers are looked for in all
/// that stands to their right.
/// </summary>
internal sealed partial class CodeGenerator
{
    // Some sixty times what the kernel takes: what is larger was not written by somebody who wants it.
    private const int MaxBlocks = 1 << 18;

    private readonly FilterOptions options;
    private readonly DiagnosticBag diagnostics;
    private readonly bool[] usedCells;
    private int nextCell;

    private LinkType link, outerLink, outermostLink;
    private AbsoluteOffset linkHeader, outerLinkHeader, outermostLinkHeader, linkPayload, linkTypeField;

    // From the beginning of the link-layer payload to the network header, with a SNAP header between and without.
    private uint networkOffset, networkOffsetWithoutSnap;
    private AtmOffsets? atm;
    private Mtp3Offsets? mtp3;
    private uint mplsDepth, vlanDepth;

    // The present link-layer header lies in a tunnel (Geneve), which may also carry network packets without one.
    private bool isInTunnel;
    private bool hasVlanShift;
    private bool isOptimizable = true;
    private int blockCount;

    // The condition that is being made, and whether something was found wrong with it: one message is enough.
    private FilterSyntax? current;
    private bool hasFailed;

    private CodeGenerator(LinkType link, FilterOptions options, DiagnosticBag diagnostics, int cells)
    {
        usedCells = new bool[cells];
        this.options = options;
        this.diagnostics = diagnostics;
        this.link = outerLink = outermostLink = link;
        SetLayout();
    }

    /// <summary>The graph of a filter; null when it is wrong, which the diagnostics tell.</summary>
    /// <param name="filter">The filter; null takes every packet.</param>
    /// <param name="cells">How many scratch cells there are; the classic machine has sixteen.</param>
    public static FilterGraph? Generate(
        FilterSyntax? filter, LinkType link, FilterOptions options, DiagnosticBag diagnostics, int cells = ClassicProgram.CellCount)
    {
        if (filter is null)
            return new FilterGraph(Return(options.SnapLength), options.SnapLength, IsOptimizable: true, cells);
        var generator = new CodeGenerator(link, options, diagnostics, cells);
        FilterBlock root = generator.Finish(generator.Make(filter));
        return diagnostics.HasErrors ? null : new FilterGraph(root, options.SnapLength, generator.isOptimizable, cells) { BlockCount = generator.blockCount };
    }

    private FilterBlock Finish(Condition condition)
    {
        ComputeVariableOffsets(condition.Head);
        // PPI tells in each packet what it carries; only IEEE 802.11 can be asked.
        if (link == LinkType.Ppi)
        {
            Condition check = Test(new StatementList(ClassicOpcode.LoadAbsoluteWord, 4), ClassicOpcode.JumpEqual, Swapped((uint)LinkType.Wlan.Value));
            condition = Condition.And(check, condition);
        }
        condition.Finish(Return(options.SnapLength), Return(0));
        return condition.Head;
    }

    private static FilterBlock Return(uint length) => new(new FilterStatement(ClassicOpcode.Return, length));

    private Condition Make(FilterSyntax syntax)
    {
        switch (syntax)
        {
            case ChainSyntax chain:
                Condition sum = Make(chain.First);
                foreach (ChainLink next in chain.Rest)
                {
                    Condition operand = Make(next.Operand);
                    sum = next.IsOr ? Condition.Or(sum, operand) : Condition.And(sum, operand);
                }
                return sum;
            case NotSyntax not:
                return Make(not.Operand).Not();
            default:
                (current, hasFailed) = (syntax, false);
                return blockCount <= MaxBlocks ? MakePrimitive(syntax) : TooLarge();
        }
    }

    // Told once: everything that follows is too much as well.
    private Condition TooLarge()
    {
        if (diagnostics.All(diagnostic => diagnostic.Id != FilterBindId.TooLarge))
            Fail(FilterBindId.TooLarge, $"it has more than {MaxBlocks} tests up to here");
        return Never();
    }

    private Condition MakePrimitive(FilterSyntax syntax) => syntax switch
    {
        IdentifierSyntax identifier => Identifier(identifier),
        ProtocolSyntax protocol => ProtocolAlone(protocol.Protocol),
        RelationSyntax relation => Relation(relation),
        GroupCastSyntax { IsMulticast: true } cast => Multicast(cast.Protocol),
        GroupCastSyntax cast => Broadcast(cast.Protocol),
        LengthTestSyntax { IsGreater: true } test => Test(new StatementList(ClassicOpcode.LoadLength), ClassicOpcode.JumpGreaterOrEqual, test.Length),
        LengthTestSyntax test => Test(new StatementList(ClassicOpcode.LoadLength), ClassicOpcode.JumpGreater, test.Length).Not(),
        ByteTestSyntax test => ByteTest(test),
        TrafficDirectionSyntax direction => TrafficDirection(direction.IsOutbound),
        InterfaceIndexSyntax index => InterfaceIndex(index.Index),
        EncapsulationSyntax encapsulation => Encapsulation(encapsulation),
        BatmanSyntax batman => Batman(batman),
        FirewallNameSyntax firewall => FirewallName(firewall),
        FirewallNumberSyntax firewall => FirewallNumber(firewall),
        WlanTypeSyntax type => WlanType(type),
        WlanDirectionSyntax direction => WlanDirection(direction.Direction),
        LlcSyntax llc => Llc(llc.Format),
        AtmSyntax kind => Atm(kind.Kind),
        AtmFieldSyntax field => AnyOf(field.Tests, test => AtmField(field.Field, test)),
        Mtp2Syntax kind => Mtp2(kind.Kind),
        Mtp3FieldSyntax field => AnyOf(field.Tests, test => Mtp3Field(field.Field, test)),
        _ => throw new InvalidOperationException($"A filter holds no {syntax.GetType().Name}."),
    };

    private static Condition AnyOf(IEnumerable<FieldTest> tests, Func<FieldTest, Condition> make)
    {
        Condition? any = null;
        foreach (FieldTest test in tests)
        {
            Condition one = make(test);
            any = any is null ? one : Condition.Or(any, one);
        }
        return any!;
    }

    private int TakeCell()
    {
        for (int tries = 0; tries < usedCells.Length; tries++)
        {
            if (!usedCells[nextCell])
            {
                usedCells[nextCell] = true;
                return nextCell;
            }
            nextCell = (nextCell + 1) % usedCells.Length;
        }
        Fail(FilterBindId.TooComplex, $"the filter needs more than {usedCells.Length} scratch cells",
            "nest computations less deeply, or split the filter", "as eBPF alone (--ebpf) it may have any number");
        return 0;
    }

    private void FreeCell(int cell) => usedCells[cell] = false;

    /// <summary>Tells what is wrong with the present condition. What is given back keeps the generator going and is never run.</summary>
    private Condition Fail(string id, string message, params ReadOnlySpan<string> hints) => FailAt(current?.Span ?? SourceSpan.None, id, message, hints);

    private Condition FailAtNumber(string message) =>
        FailAt(current is EncapsulationSyntax encapsulation ? encapsulation.NumberSpan : SourceSpan.None, FilterBindId.OutOfRange, message);

    /// <summary>As <see cref="Fail"/>, for a part of the condition.</summary>
    private Condition FailAt(SourceSpan span, string id, string message, params ReadOnlySpan<string> hints)
    {
        if (!hasFailed)
            diagnostics.Error(id, span, $"cannot compile the filter: {message}", hints);
        hasFailed = true;
        return Never();
    }

    private static uint Swapped(uint value) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
}
