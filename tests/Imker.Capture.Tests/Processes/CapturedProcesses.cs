using Imker.Linux;

namespace Imker.Capture.Tests.Processes;

/// <summary>The processes behind packets that are meant, in their order.</summary>
internal static class CapturedProcesses
{
    internal delegate bool Choice(in CapturedPacket packet);

    internal static List<SocketOwner?> Wait(LiveCapture capture, int count, Choice isMeant)
    {
        List<SocketOwner?> result = [];
        Assert.True(SpinWait.SpinUntil(() =>
        {
            while (capture.TryRead(out CapturedPacket packet))
            {
                if (isMeant(packet))
                    result.Add(packet.Process);
            }
            return result.Count >= count;
        }, TimeSpan.FromSeconds(10)), $"{result.Count} packets");
        return result;
    }

    internal static bool HasPort(in CapturedPacket packet, int port)
    {
        var layers = new PacketLayers(packet);
        return layers.MoveNext() && layers.Flow is { Kind: FlowKind.Ports } flow && (flow.SourcePort == port || flow.DestinationPort == port);
    }
}
