namespace Imker.Capture.Tests.Dissection;

/// <summary>Lines are tcpdump's, byte for byte.</summary>
public sealed class TcpdumpTests
{
    private static readonly string[] Flags = ["-n", "-nv", "-nvv", "-nvvv", "-ne", "-nev", "-nq", "-nX", "-nS", "-nK -v", "-nqv", "", "-v", "-e"];

    public static TheoryData<string, string> Sets => PacketSets.With(Flags);

    [Theory]
    [MemberData(nameof(Sets))]
    public void Whole_packets_print_as_with_tcpdump(string set, string flags)
    {
        Tcpdump.Require();
        Comparison comparison = Tcpdump.Compare(PacketSets.Of(set), flags);
        Assert.True(comparison.Different == 0, comparison.ToString());
    }

    [Theory]
    [InlineData("-n")]
    [InlineData("-n -t")]
    [InlineData("-n -tt")]
    [InlineData("-n -ttt")]
    [InlineData("-n -tttt")]
    [InlineData("-n -ttttt")]
    [InlineData("-n -#")]
    [InlineData("-n -# -ttt")]
    [InlineData("-n -x")]
    [InlineData("-n -xx")]
    [InlineData("-n -X")]
    [InlineData("-n -XX")]
    [InlineData("-n -A")]
    [InlineData("-n -AA")]
    [InlineData("-N -v")]
    public void Lines_begin_and_end_as_with_tcpdump(string flags)
    {
        Tcpdump.Require();
        foreach (string name in (string[])["tcp", "ethernet", "sll", "lines", "raw"])
        {
            PacketSet set = PacketSets.Of(name);
            Assert.Equal(Tcpdump.Print(set, flags), Tcpdump.PrintOurs(set, flags));
        }
    }
}
