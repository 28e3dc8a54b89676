using System.Collections.Immutable;
using Imker.Bytecode.Classic;
using Imker.Diagnostics;
using Imker.Filter.Tests.Compilation;
using Imker.Filter.Tests.Optimization;
using Imker.Linux;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Filter.Tests.Ebpf;

/// <summary>Every filter of the corpus, and what only eBPF takes, says the same in each of its forms.</summary>
public sealed class CorpusVerdictTests
{
    private const int EthernetHeader = 14;

    private static readonly NetworkNameFiles Names = new();

    [Fact]
    public void All_filters_of_the_corpus_say_the_same_in_all_their_forms() =>
        AssertSame(CorpusEntry.All.Where(entry => !IsSlow(entry)), leastPrograms: 1_700, leastPassed: 500);

    [Fact]
    public void Chains_of_headers_say_the_same_in_all_their_forms_on_all_link_types()
    {
        Machine.RequireAll();
        AssertSame(CorpusEntry.All.Where(IsSlow), leastPrograms: 49, leastPassed: 1);
    }

    // The verifier goes through each round of the loop: a fifth of a second for each program, and the loop is the same on each link type.
    private static bool IsSlow(CorpusEntry entry) => entry.LinkType != "EN10MB" && entry.Filter.Contains("protochain", StringComparison.Ordinal);

    // Entries that become the same program are one: the same filter with another length, or on a link type that looks the same.
    private static void AssertSame(IEnumerable<CorpusEntry> corpus, int leastPrograms, int leastPassed)
    {
        Machine.RequireRoot();
        var random = new Random(42);
        using var sockets = new FilteredSockets();
        HashSet<string> seen = [];
        int passed = 0;
        foreach (CorpusEntry entry in corpus)
        {
            if (Compile(entry) is not { } filter)
                continue;
            if (!seen.Add(KeyOf(filter.Classic)))
                continue;
            using var programs = new FilterPrograms(entry.ToString(), filter);
            passed += AssertSame(programs, sockets, random);
        }
        Assert.True(passed >= leastPassed && seen.Count >= leastPrograms, $"{seen.Count} programs, {passed} packets passed");
    }

    [Theory]
    [InlineData("ip6 protochain 6")]
    [InlineData("ip protochain 17")]
    [InlineData("protochain 50 or ip6 protochain 58")]
    public void Chains_of_headers_are_followed(string filter)
    {
        Machine.RequireRoot();
        var random = new Random(41);
        PacketFilter compiled = Compile(new CorpusEntry("EN10MB", 100, filter))!;
        using var programs = new FilterPrograms(filter, compiled);
        int passed = 0;
        for (int i = 0; i < 300; i++)
        {
            byte[] packet = RandomPacket.WithChain(random);
            uint expected = programs.Machine.Run(packet);
            programs.AssertVerdict(expected, packet);
            passed += expected == 0 ? 0 : 1;
        }
        Assert.InRange(passed, 10, 290);
    }

    [Fact]
    public void Seventeen_cells_are_none_too_many()
    {
        string deep = "ip[0]";
        for (int i = 1; i < 40; i++)
            deep = $"ip[{i % 20}] + ({deep})";
        var source = new SourceText("filter", $"{deep} = 1234");
        Assert.False(PacketFilter.TryCompile(source, LinkType.Ethernet, null, out _, out _));
        Assert.True(PacketFilter.TryCompileExtended(source, LinkType.Ethernet, null, null, null, out BpfObject? compiled, out ImmutableArray<Diagnostic> diagnostics),
            string.Join("\n", diagnostics));
        using LoadedObject loaded = ObjectLoader.Load(compiled);
        byte[] packet = new byte[EthernetHeader + 64];
        byte[] header = packet[EthernetHeader..];
        (packet[EthernetHeader + 12], packet[EthernetHeader + 13]) = (8, 0);
        // Forty bytes: the first twenty of the header, each twice.
        for (int i = 0; i < 20; i++)
            packet[EthernetHeader + EthernetHeader + i] = 30;
        Assert.Equal(0u, Run(loaded, packet));
        packet[EthernetHeader + EthernetHeader + 3] = 47;
        Assert.Equal(FilterOptions.DefaultSnapLength, Run(loaded, packet));
    }

    private static uint Run(LoadedObject loaded, byte[] packet) => loaded.Programs["filter"].Run(new TestRun { Data = packet, Repeat = 1 }).ReturnValue;

    // How many packets passed.
    private static int AssertSame(FilterPrograms programs, FilteredSockets sockets, Random random)
    {
        int passed = 0;
        bool attached = ClassicValidator.IsValid(programs.Classic);
        if (attached)
            sockets.Attach(programs.Classic);
        for (int i = 0; i < 8; i++)
        {
            byte[] packet = RandomPacket.Next(random);
            if (i % 4 == 0)
                packet = packet[..random.Next(EthernetHeader + 1, 80)];
            uint expected = programs.Machine.Run(packet, new ClassicPacketInfo { Length = (uint)packet.Length, InterfaceIndex = 1 });
            passed += expected == 0 ? 0 : 1;
            programs.AssertVerdict(expected, packet);
            if (attached && !programs.AsksTheKernel)
                Assert.Equal((int)Math.Min(expected, (uint)packet.Length), sockets.Pass(packet));
        }
        return passed;
    }

    private static string KeyOf(ClassicProgram program) =>
        string.Join(' ', program.Instructions.Select(i => i.Class == ClassicClass.Return && i.K != 0 ? i with { K = 1 } : i));

    private static PacketFilter? Compile(CorpusEntry entry)
    {
        Assert.True(LinkType.TryParse(entry.LinkType, out LinkType type), entry.LinkType);
        PacketFilter.TryCompile(entry.Filter, type, new FilterOptions { SnapLength = entry.SnapLength, Names = Names }, out PacketFilter? filter, out _);
        return filter;
    }
}
