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
    public void Filters_of_the_corpus_say_the_same_in_all_their_forms() => AssertSame(CorpusEntry.All.Where((_, index) => index % 12 == 0));

    [Fact]
    public void All_filters_of_the_corpus_say_the_same_in_all_their_forms()
    {
        Machine.RequireAll();
        AssertSame(CorpusEntry.All);
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

    private static void AssertSame(IEnumerable<CorpusEntry> entries)
    {
        Machine.RequireRoot();
        var random = new Random(42);
        using var sockets = new FilteredSockets();
        int compiled = 0, passed = 0;
        foreach (CorpusEntry entry in entries)
        {
            if (Compile(entry) is not { } filter)
                continue;
            using var programs = new FilterPrograms(entry.ToString(), filter);
            compiled++;
            bool attached = ClassicValidator.IsValid(filter.Classic);
            if (attached)
                sockets.Attach(filter.Classic);
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
        }
        Assert.True(passed > compiled / 2 && compiled > 100, $"{compiled} filters, {passed} packets passed");
    }

    private static PacketFilter? Compile(CorpusEntry entry)
    {
        Assert.True(LinkType.TryParse(entry.LinkType, out LinkType type), entry.LinkType);
        PacketFilter.TryCompile(entry.Filter, type, new FilterOptions { SnapLength = entry.SnapLength, Names = Names }, out PacketFilter? filter, out _);
        return filter;
    }
}
