using System.Diagnostics;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.Filter.Ebpf;
using Imker.Linux;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Filter.Tests.Ebpf;

public sealed class ExtendedFilterTests
{
    [Fact]
    public void A_filter_has_a_program_that_filters_a_socket()
    {
        Machine.RequireRoot();
        PacketFilter filter = PacketFilter.Compile("udp port 53", LinkType.Raw);
        using LoadedObject loaded = ObjectLoader.Load(filter.Extended);
        using var sockets = new FilteredSockets();
        sockets.Attach(loaded.Programs["filter"]);
        byte[] packet = new byte[60];
        (packet[0], packet[9], packet[23]) = (0x45, 17, 53);
        Assert.True(filter.Matches(packet));
        Assert.Equal(60, sockets.Pass(packet));
        packet[23] = 54;
        Assert.False(filter.Matches(packet));
        Assert.Equal(0, sockets.Pass(packet));
    }

    [Fact]
    public void A_program_returns_what_the_hook_takes()
    {
        Machine.RequireRoot();
        var options = new ExtendedFilterOptions { Target = FilterTarget.Xdp, Name = "gate", Accepted = 2, Rejected = 1 };
        Assert.True(PacketFilter.TryCompileExtended(new SourceText("filter", "arp"), LinkType.Ethernet, null, options, null, out BpfObject? compiled, out _));
        using LoadedObject loaded = ObjectLoader.Load(compiled);
        byte[] packet = new byte[64];
        Assert.Equal(1u, loaded.Programs["gate"].Run(new TestRun { Data = packet, Repeat = 1 }).ReturnValue);
        (packet[12], packet[13]) = (8, 6);
        Assert.Equal(2u, loaded.Programs["gate"].Run(new TestRun { Data = packet, Repeat = 1 }).ReturnValue);
    }

    [Fact]
    public void An_XDP_program_reads_the_packet_through_checked_pointers()
    {
        Assert.True(PacketFilter.TryCompileExtended(new SourceText("filter", "icmp[0] = 8"), LinkType.Ethernet, null,
            new() { Target = FilterTarget.Xdp }, null, out BpfObject? compiled, out _));
        Assert.Equal("""
                r0 = *(u32 *)(r1 +0)
                r5 = *(u32 *)(r1 +4)
                r4 = r0
                r4 += 14
                if r4 > r5 goto L1
                r4 = *(u16 *)(r0 +12)
                r4 = be16 r4
                if r4 != 0x800 goto L1
                r4 = r0
                r4 += 24
                if r4 > r5 goto L1
                r4 = *(u8 *)(r0 +23)
                if r4 != 0x1 goto L1
                r4 = *(u16 *)(r0 +20)
                r4 = be16 r4
                if r4 & 0x1fff goto L1
                r4 = *(u8 *)(r0 +14)
                w4 &= 15
                w4 <<= 2
                r0 += r4
                r4 = r0
                r4 += 15
                if r4 > r5 goto L1
                r0 = *(u8 *)(r0 +14)
                if r0 != 0x8 goto L1
                r0 = 262144
                exit
            L1:
                r0 = 0
                exit

            """, Disassembler.Format(new Code(compiled.Programs[0].Entry.Instructions), DisassemblyOptions.Listing));
    }

    [Fact]
    public void The_same_filter_gives_the_same_program()
    {
        const string text = "(tcp port 80 or 443 or 8080) and (host 10.0.0.1 or ip6 net fe80::/10) or (less 200 and ip[2:2] - ((ip[0] & 0xf) << 2) > 0)";
        Instruction[] first = [.. PacketFilter.Compile(text, LinkType.Ethernet).Extended.Programs[0].Entry.Instructions];
        for (int i = 0; i < 5; i++)
            Assert.Equal(first, PacketFilter.Compile(text, LinkType.Ethernet).Extended.Programs[0].Entry.Instructions);
    }

    [Fact]
    public void What_a_program_cannot_know_is_told()
    {
        Assert.False(PacketFilter.TryCompileExtended(new SourceText("filter", "inbound"), LinkType.Ethernet, null,
            new() { Target = FilterTarget.Xdp }, null, out _, out var diagnostics));
        Assert.Equal(ExtendedFilterId.UnknownField, Assert.Single(diagnostics).Id);
    }

    [Fact]
    public void Long_filters_become_programs_in_time()
    {
        Machine.RequireRoot();
        string filter = string.Join(" or ", Enumerable.Range(0, 1_000).Select(i => $"dst host 10.0.{i / 250}.{i % 250}"));
        long start = Stopwatch.GetTimestamp();
        BpfObject compiled = PacketFilter.Compile(filter, LinkType.Ethernet).Extended;
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromMinutes(1));
        using LoadedObject loaded = ObjectLoader.Load(compiled);
    }
}
