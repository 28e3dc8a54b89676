using System.Collections.Immutable;
using Imker.Bytecode.Classic.Text;
using Imker.Diagnostics;
using Imker.Filter;

namespace Imker.Samples;

/// <summary>Compiles packet filters, shows a program, asks packets, and reads an error.</summary>
internal static class CompileFilter
{
    public static int Run()
    {
        byte[] arp = new byte[42];
        (arp[12], arp[13]) = (0x08, 0x06);

        PacketFilter filter = PacketFilter.Compile("arp or udp port 53", LinkType.Ethernet);
        Console.WriteLine(filter.Matches(arp));
        Console.WriteLine(filter.Classic.Length);

        PacketFilter small = PacketFilter.Compile("ip6", LinkType.LinuxSll2, new FilterOptions { SnapLength = 96 });
        Console.Write(ClassicListing.Format(small.Classic));

        if (!PacketFilter.TryCompile("tcp prot 80", LinkType.Ethernet, null, out _, out ImmutableArray<Diagnostic> diagnostics))
            new DiagnosticRenderer(Console.Out).Write(diagnostics);
        return 0;
    }
}
