using Imker.Bytecode.Classic;
using Imker.Bytecode.Classic.Text;
using Imker.Filter.Emission;
using Imker.Filter.Optimization;
using Imker.TestKit;

namespace Imker.Filter.Tests.Optimization;

public sealed class OptimizerTests
{
    // IEEE 802.11 is missing: libpcap does not optimize for it.
    private static readonly string[] LinkTypes = ["EN10MB", "RAW", "LINUX_SLL", "LINUX_SLL2", "NULL", "PPP", "FDDI", "ENC", "IEEE802"];

    [Theory]
    [InlineData(1, 300, 14)]
    [InlineData(2, 100, 60)]
    public void What_tcpdump_leaves_unoptimized_becomes_what_tcpdump_optimizes_it_to(int seed, int count, int size) =>
        AssertSame(seed, count, size);

    [Theory]
    [InlineData(3, 5_000, 20)]
    [InlineData(4, 1_000, 120)]
    public void Thousands_of_filters_are_optimized_as_tcpdump_does(int seed, int count, int size)
    {
        Machine.RequireAll();
        AssertSame(seed, count, size);
    }

    [Fact]
    public void Branches_that_are_too_far_jump_as_tcpdump_s_do()
    {
        string filter = string.Join(" or ", Enumerable.Range(0, 120).Select(i => $"host 10.0.0.{i} or tcp port {i + 1}"));
        foreach (bool optimize in (bool[])[false, true])
        {
            Assert.True(Tcpdump.TryCompile("EN10MB", filter, optimize, out ClassicProgram? expected, out string error), error);
            Assert.Contains(expected.Instructions, i => i.Code == ClassicOpcode.Jump);
            Assert.True(Tcpdump.TryCompile("EN10MB", filter, optimize: false, out ClassicProgram? plain, out _));
            FilterGraph graph = ProgramGraph.Of(plain);
            if (optimize)
                Assert.Equal(OptimizationFault.None, FilterOptimizer.Optimize(graph, out graph));
            Assert.Equal(ClassicListing.Format(expected), ClassicListing.Format(ClassicEmitter.Emit(graph)));
        }
    }

    [Fact]
    public void An_optimized_filter_says_of_whole_packets_what_it_said_before()
    {
        var random = new Random(5);
        var filters = new RandomFilter(random);
        int matched = 0;
        for (int i = 0; i < 150; i++)
        {
            string filter = filters.Next(random.Next(1, 20));
            if (!Tcpdump.TryCompile("EN10MB", filter, optimize: false, out ClassicProgram? plain, out _)
                || FilterOptimizer.Optimize(ProgramGraph.Of(plain), out FilterGraph graph) != OptimizationFault.None)
                continue;
            ClassicMachine before = ClassicMachine.Create(plain), after = ClassicMachine.Create(ClassicEmitter.Emit(graph));
            for (int j = 0; j < 200; j++)
            {
                byte[] packet = RandomPacket.Next(random);
                uint expected = before.Run(packet);
                matched += expected != 0 ? 1 : 0;
                Assert.True(expected == after.Run(packet), $"{filter}\n{ClassicListing.Format(plain)}{ClassicListing.Format(ClassicEmitter.Emit(graph))}{Convert.ToHexString(packet)}");
            }
        }
        Assert.True(matched > 1_000, $"only {matched} packets matched");
    }

    [Fact]
    public void A_test_of_all_bits_does_not_always_hold()
    {
        FilterBlock accept = Return(1), reject = Return(0);
        var root = new FilterBlock(new FilterStatement(ClassicOpcode.JumpEqual, 0))
        {
            Statements = [new(ClassicOpcode.LoadAbsoluteByte, 0), new(ClassicOpcode.And, 0xffffffff)], TrueTarget = reject, FalseTarget = accept,
        };
        Assert.Equal(OptimizationFault.None, FilterOptimizer.Optimize(Graph(root), out FilterGraph graph));
        Assert.Equal("""
            (000) ldb      [0]
            (001) jset     #0xffffffff      jt 2	jf 3
            (002) ret      #1
            (003) ret      #0

            """, ClassicListing.Format(ClassicEmitter.Emit(graph)));
    }

    [Theory]
    [InlineData("div #0", OptimizationFault.DivisionByZero)]
    [InlineData("mod #0", OptimizationFault.ModulusByZero)]
    [InlineData("ldx #0\ndiv x", OptimizationFault.DivisionByZero)]
    [InlineData("ldx #32\nlsh x", OptimizationFault.ShiftTooFar)]
    [InlineData("ld #3", OptimizationFault.RejectsAll)]
    public void What_cannot_be_had_is_told(string statements, OptimizationFault fault)
    {
        ClassicProgram program = ClassicAssembler.Parse("ldb [0]\n" + statements + "\njeq #7, yes\nret #0\nyes: ret #1");
        Assert.Equal(fault, FilterOptimizer.Optimize(ProgramGraph.Of(program), out _));
    }

    /// <summary>No recursion goes as deep as the filter is long, and no table grows with the square of it.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void Filters_of_ten_thousand_terms_are_optimized(bool alternatives, bool alternating)
    {
        FilterBlock accept = Return(1), reject = Return(0), next = alternatives ? reject : accept;
        for (uint i = 0; i < 10_000; i++)
        {
            next = new FilterBlock(new FilterStatement(ClassicOpcode.JumpEqual, i))
            {
                Statements = [new(ClassicOpcode.LoadAbsoluteHalf, alternating ? i % 2 * 2 : alternatives ? 0 : i)],
                TrueTarget = alternatives ? accept : next,
                FalseTarget = alternatives ? next : reject,
            };
        }
        OptimizationFault fault = FilterOptimizer.Optimize(Graph(next), out FilterGraph graph);
        if (!alternatives && alternating)
        {
            Assert.Equal(OptimizationFault.RejectsAll, fault);
            return;
        }
        Assert.Equal(OptimizationFault.None, fault);
        Assert.InRange(ClassicEmitter.Emit(graph).Length, 10_000, 40_000);
    }

    private static FilterBlock Return(uint k) => new(new FilterStatement(ClassicOpcode.Return, k));

    private static FilterGraph Graph(FilterBlock root) => new(root, 1, IsOptimizable: true, ClassicProgram.CellCount);

    private static void AssertSame(int seed, int count, int size)
    {
        var random = new Random(seed);
        var filters = new RandomFilter(random);
        int same = 0;
        var different = new List<string>();
        for (int i = 0; i < count; i++)
        {
            string linkType = LinkTypes[Math.Max(0, random.Next(-8, LinkTypes.Length))], filter = filters.Next(random.Next(1, size));
            if (!Tcpdump.TryCompile(linkType, filter, optimize: false, out ClassicProgram? plain, out _))
                continue;
            bool compiled = Tcpdump.TryCompile(linkType, filter, optimize: true, out ClassicProgram? expected, out string error);
            OptimizationFault fault = FilterOptimizer.Optimize(ProgramGraph.Of(plain), out FilterGraph graph);
            string text = compiled ? ClassicListing.Format(expected!) : error;
            string ours = fault == OptimizationFault.None ? ClassicListing.Format(ClassicEmitter.Emit(graph)) : fault.ToString();
            if (compiled ? ours == text : fault != OptimizationFault.None)
                same++;
            else
                different.Add($"{linkType} '{filter}'\n{text}--- ours\n{ours}");
        }
        Assert.True(different.Count == 0, $"{same} same, {different.Count} not\n" + string.Join("\n", different.OrderBy(d => d.Length).Take(3)));
        Assert.True(same > count / 2, $"only {same} of {count} were compared");
    }
}
