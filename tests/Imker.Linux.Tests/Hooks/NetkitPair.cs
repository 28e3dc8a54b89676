using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

/// <summary>Makes a netkit pair in the calling thread's network namespace, which older <c>ip</c> commands cannot.</summary>
internal static class NetkitPair
{
    private const ushort NewLink = 16, InterfaceName = 3, LinkInformation = 18, Kind = 1, Data = 2, PeerInformation = 1;
    private const int HeaderSize = 16;

    public const string PrimaryAddress = "192.0.2.1", PeerAddress = "198.51.100.1";

    /// <summary>Both ends are up; they are in one namespace.</summary>
    public static void Create(string primary, string peer)
    {
        byte[] header = new byte[HeaderSize];
        new NetlinkRequest(NewLink, NetlinkRequest.Create | NetlinkRequest.Exclusive, HeaderSize)
            .Add(InterfaceName, primary)
            .AddNested(LinkInformation, info => info.Add(Kind, "netkit").AddNested(Data, data =>
                data.AddNested(PeerInformation, end => end.AddRaw(header).Add(InterfaceName, peer))))
            .Send("make a netkit pair", "RTM_NEWLINK");
        ProgramResult result = RunningProgram.RunShell(
            $"ip link set {primary} up && ip link set {peer} up && ip addr add {PrimaryAddress}/24 dev {primary} && ip addr add {PeerAddress}/24 dev {peer}");
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
