using Imker.Filter;
using Imker.Machine;

namespace Imker.Samples;

/// <summary>Compiles a packet filter to code of this processor, and asks packets.</summary>
internal static class MatchPackets
{
    public static int Run()
    {
        // Ethernet, IPv4 without options, TCP from port 443.
        byte[] packet = new byte[54];
        (packet[12], packet[14], packet[23], packet[34], packet[35]) = (0x08, 0x45, 6, 0x01, 0xbb);

        PacketFilter filter = PacketFilter.Compile("tcp port 443", LinkType.Ethernet);
        PacketMatcher matcher = PacketMatcher.Create(filter.Classic);
        bool passes = matcher.Matches(packet);
        Console.WriteLine(passes);
        packet[35]++;
        Console.WriteLine(matcher.Matches(packet));
        return 0;
    }
}
