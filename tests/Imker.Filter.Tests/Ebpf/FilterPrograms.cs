using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Bytecode.Classic;
using Imker.Bytecode.Classic.Text;
using Imker.Diagnostics;
using Imker.Filter.Ebpf;
using Imker.Filter.Emission;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Filter.Tests.Ebpf;

/// <summary>Every program that a filter becomes, loaded into the kernel.</summary>
internal sealed class FilterPrograms : IDisposable
{
    private const int EthernetHeader = 14, ShortestWithHeaders = EthernetHeader + 40;

    private static readonly LinuxTargetFacts Facts = new();

    private readonly string filter;
    private readonly List<(string Name, int Skipped, KernelProgram Program, string Listing)> programs = [];
    private readonly List<IDisposable> owned = [];

    public FilterPrograms(string filter, FilterGraph graph)
    {
        this.filter = filter;
        Classic = ClassicEmitter.Emit(graph);
        Machine = ClassicMachine.Create(Classic);
        AddTranslated("translated socket filter", ProgramType.SocketFilter, ClassicTarget.SocketBuffer, EthernetHeader);
        AddTranslated("translated XDP program", ProgramType.Xdp, ClassicTarget.Xdp, 0);
        foreach (FilterTarget target in Enum.GetValues<FilterTarget>())
            AddDirect(graph, target);
    }

    public ClassicProgram Classic { get; }

    public ClassicMachine Machine { get; }

    public void AssertVerdict(uint expected, byte[] packet)
    {
        foreach ((string name, int skipped, KernelProgram program, string listing) in programs)
        {
            // The kernel makes no test run of traffic control on an IP packet without its header.
            if (program.Type == ProgramType.SchedCls && packet.Length < ShortestWithHeaders)
                continue;
            byte[] data = [.. new byte[skipped], .. packet];
            uint actual = program.Run(new TestRun { Data = data, Repeat = 1 }).ReturnValue;
            Assert.True(expected == actual,
                $"{filter}: the {name} says {actual}, the machine {expected}\n{ClassicListing.Format(Classic)}{listing}\n{Convert.ToHexString(packet)}");
        }
    }

    public void Dispose() => owned.ForEach(program => program.Dispose());

    /// <summary>The listing of the program that the graph itself becomes.</summary>
    public static BpfObject Compile(FilterGraph graph, FilterTarget target)
    {
        Assert.True(ExtendedFilter.TryCompile(graph, new() { Target = target }, Facts, out BpfObject? compiled, out ImmutableArray<Diagnostic> diagnostics),
            string.Join("\n", diagnostics));
        return compiled;
    }

    private void AddTranslated(string name, ProgramType type, ClassicTarget target, int skipped)
    {
        Code code = ClassicTranslator.Translate(Classic, new() { Target = target });
        KernelProgram program = KernelProgram.Load(new ProgramParameters { Name = "filter", Type = type, Instructions = InstructionEncoder.Encode(code) });
        owned.Add(program);
        programs.Add((name, skipped, program, Disassembler.Format(code, DisassemblyOptions.Listing)));
    }

    private void AddDirect(FilterGraph graph, FilterTarget target)
    {
        BpfObject compiled = Compile(graph, target);
        string listing = Disassembler.Format(new Code(compiled.Programs[0].Entry.Instructions), DisassemblyOptions.Listing);
        try
        {
            LoadedObject loaded = ObjectLoader.Load(compiled);
            owned.Add(loaded);
            programs.Add(($"direct {target}", target == FilterTarget.SocketFilter ? EthernetHeader : 0, loaded.Programs["filter"], listing));
        }
        catch (VerifierException e)
        {
            Assert.Fail($"{filter}, {target}: {string.Join('\n', e.Log.Split('\n').TakeLast(40))}\n{listing}");
        }
    }
}
