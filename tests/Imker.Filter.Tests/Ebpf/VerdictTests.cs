using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Bytecode.Classic;
using Imker.Bytecode.Classic.Text;
using Imker.Diagnostics;
using Imker.Filter.Ebpf;
using Imker.Filter.Emission;
using Imker.Filter.Optimization;
using Imker.Filter.Tests.Optimization;
using Imker.Linux;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Filter.Tests.Ebpf;

/// <summary>
/// One verdict of each filter on each packet: the classic program by our machine and by the kernel, its translations, and the eBPF that is
/// made from the graph, in the kernel.
/// </summary>
public sealed class VerdictTests
{
    private const int EthernetHeader = 14;

    [Theory]
    [InlineData(21, 60, 10)]
    [InlineData(22, 20, 40)]
    public void All_programs_of_a_filter_say_the_same(int seed, int count, int size) => AssertSame(seed, count, size);

    [Fact]
    public void All_programs_of_many_filters_say_the_same()
    {
        Machine.RequireAll();
        AssertSame(seed: 23, count: 1_500, size: 25);
    }

    private static void AssertSame(int seed, int count, int size)
    {
        Machine.RequireRoot();
        var random = new Random(seed);
        var filters = new RandomFilter(random);
        using var sockets = new FilteredSockets();
        int passed = 0, dropped = 0;
        for (int i = 0; i < count; i++)
        {
            string filter = filters.Next(random.Next(1, size));
            if (!Tcpdump.TryCompile("EN10MB", filter, optimize: false, out ClassicProgram? plain, out _)
                || FilterOptimizer.Optimize(ProgramGraph.Of(plain), out FilterGraph graph) != OptimizationFault.None)
                continue;
            using var programs = new FilterPrograms(filter, graph);
            sockets.Attach(programs.Classic);
            for (int j = 0; j < 12; j++)
            {
                byte[] packet = RandomPacket.Next(random);
                if (j % 3 == 0)
                    packet = packet[..random.Next(EthernetHeader + 1, 80)];
                uint expected = programs.Machine.Run(packet);
                _ = expected == 0 ? dropped++ : passed++;
                Assert.Equal((int)Math.Min(expected, (uint)packet.Length), sockets.Pass(packet));
                programs.AssertVerdict(expected, packet);
            }
        }
        Assert.True(passed > count && dropped > count, $"{passed} passed, {dropped} were dropped");
    }
}
