using Imker.Bytecode;
using Imker.Bytecode.Classic;
using Imker.Bytecode.Classic.Text;
using Imker.Filter.Emission;
using Imker.Filter.Optimization;
using Imker.Filter.Tests.Optimization;

namespace Imker.Filter.Tests.Ebpf;

/// <summary>However a packet goes through a program, none of its bytes is loaded twice.</summary>
public sealed class LoadOnceTests
{

    // An offset that is computed from the packet may be that of a byte that was loaded by another name.
    private static readonly string[] Computing = ["tcp[((", "ip[ip["];

    [Fact]
    public void No_packet_has_a_byte_loaded_twice()
    {
        var random = new Random(31);
        var filters = new RandomFilter(random);
        int programs = 0, loads = 0;
        for (int i = 0; i < 500; i++)
        {
            string filter = filters.Next(random.Next(1, 16));
            if (Computing.Any(filter.Contains) || !Tcpdump.TryCompile("EN10MB", filter, optimize: false, out ClassicProgram? plain, out _)
                || FilterOptimizer.Optimize(ProgramGraph.Of(plain), out FilterGraph graph) != OptimizationFault.None)
                continue;
            var code = new Code(FilterPrograms.Compile(graph, FilterTarget.SocketFilter).Programs[0].Entry.Instructions);
            ClassicProgram classic = ClassicEmitter.Emit(graph);
            ClassicMachine machine = ClassicMachine.Create(classic);
            programs++;
            for (int j = 0; j < 50; j++)
            {
                byte[] packet = RandomPacket.Next(random);
                var run = new WatchedRun(packet);
                Assert.Equal(machine.Run(packet), run.Run(code));
                loads += run.Calls;
                Assert.True(run.Loaded.Distinct().Count() == run.Loaded.Count,
                    $"{filter}: {string.Join(' ', run.Loaded)}\n{ClassicListing.Format(classic)}{Disassembler.Format(code, DisassemblyOptions.Listing)}");
            }
        }
        Assert.True(programs > 300 && loads > 50 * programs, $"{loads} loads in {programs} programs");
    }
}
