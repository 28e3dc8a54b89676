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
    private readonly List<(string Name, int Skipped, KernelProgram Program, Code Code)> programs = [];
    private readonly List<IDisposable> owned = [];

    /// <param name="filter">What messages call it.</param>
    /// <param name="graph">Optimized or not.</param>
    public FilterPrograms(string filter, FilterGraph graph)
        : this(filter, ClassicEmitter.Emit(graph))
    {
        foreach (FilterTarget target in Enum.GetValues<FilterTarget>())
            AddDirect(Compile(graph, target), target);
    }

    public FilterPrograms(string name, PacketFilter filter)
        : this(name, filter.Classic)
    {
        var options = new FilterOptions { SnapLength = filter.SnapLength, Names = new NetworkNameFiles() };
        foreach (FilterTarget target in Enum.GetValues<FilterTarget>())
        {
            var source = new SourceText("filter", filter.Text);
            if (PacketFilter.TryCompileExtended(source, filter.LinkType, options, new() { Target = target }, Facts, out BpfObject? compiled, out var diagnostics))
                AddDirect(compiled, target);
            else
                Assert.True(AsksTheKernel, $"{name}, {target}: {string.Join("\n", diagnostics)}");
        }
    }

    private FilterPrograms(string filter, ClassicProgram classic)
    {
        this.filter = filter;
        Classic = classic;
        Machine = ClassicMachine.Create(Classic);
        AddTranslated("translated socket filter", ProgramType.SocketFilter, ClassicTarget.SocketBuffer, EthernetHeader);
        AddTranslated("translated XDP program", ProgramType.Xdp, ClassicTarget.Xdp, 0);
    }

    // For link-layer types that carry no IP libpcap counts from where there is no header.
    private bool CountsFromHeaders => Classic.Instructions.Any(i => i.Class is ClassicClass.Load or ClassicClass.LoadIndex && (int)i.K < 0);

    /// <summary>The filter asks for what only the kernel knows, such as the interface.</summary>
    public bool AsksTheKernel => Classic.Instructions.Any(i => (i.Code & ClassicOpcode.ModeMask) == 0x20 && i.Class == ClassicClass.Load && ClassicOffset.TryGetField(i.K, out _));

    public ClassicProgram Classic { get; }

    public ClassicMachine Machine { get; }

    public void AssertVerdict(uint expected, byte[] packet)
    {
        foreach ((string name, int skipped, KernelProgram program, Code code) in programs)
        {
            // The kernel makes no test run of traffic control on an IP packet without its header.
            if (program.Type == ProgramType.SchedCls && packet.Length < ShortestWithHeaders)
                continue;
            byte[] data = [.. new byte[skipped], .. packet];
            uint actual = program.Run(new TestRun { Data = data, Repeat = 1 }).ReturnValue;
            Assert.True(expected == actual,
                $"{filter}: the {name} says {actual}, the machine {expected}\n{ClassicListing.Format(Classic)}{Disassembler.Format(code, DisassemblyOptions.Listing)}\n{Convert.ToHexString(packet)}");
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
        if (!ClassicTranslator.TryTranslate(Classic, new() { Target = target }, out Code? code, out ImmutableArray<Diagnostic> diagnostics))
        {
            Assert.True(!ClassicValidator.IsValid(Classic) || AsksTheKernel || CountsFromHeaders && target == ClassicTarget.Xdp, $"{filter}, {name}: {string.Join("\n", diagnostics)}");
            return;
        }
        KernelProgram program = KernelProgram.Load(new ProgramParameters { Name = "filter", Type = type, Instructions = InstructionEncoder.Encode(code) });
        owned.Add(program);
        programs.Add((name, skipped, program, code));
    }

    private void AddDirect(BpfObject compiled, FilterTarget target)
    {
        var code = new Code(compiled.Programs[0].Entry.Instructions);
        try
        {
            LoadedObject loaded = ObjectLoader.Load(compiled);
            owned.Add(loaded);
            programs.Add(($"direct {target}", target == FilterTarget.SocketFilter ? EthernetHeader : 0, loaded.Programs["filter"], code));
        }
        catch (VerifierException e)
        {
            Assert.Fail($"{filter}, {target}: {string.Join('\n', e.Log.Split('\n').TakeLast(40))}\n{Disassembler.Format(code, DisassemblyOptions.Listing)}");
        }
    }
}
