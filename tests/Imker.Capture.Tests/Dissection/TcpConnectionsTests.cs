using Imker.Capture.Dissection;

namespace Imker.Capture.Tests.Dissection;

public sealed class TcpConnectionsTests
{
    private const uint Generation = 1 << 16;

    [Fact]
    public void The_connections_used_last_are_kept()
    {
        var connections = new TcpConnections();
        for (uint i = 0; i < 3 * Generation; i++)
            connections.Set(Key(i), new ConnectionStart(i, 0));
        Assert.False(connections.TryGet(Key(0), out _));
        Assert.True(connections.TryGet(Key(3 * Generation - 1), out ConnectionStart start));
        Assert.Equal(3 * Generation - 1, start.Sequence);
        Assert.True(connections.TryGet(Key(2 * Generation), out _));
    }

    [Fact]
    public void A_connection_in_use_stays()
    {
        var connections = new TcpConnections();
        connections.Set(Key(uint.MaxValue), new ConnectionStart(7, 8));
        for (uint i = 0; i < 5 * Generation; i++)
        {
            connections.Set(Key(i), default);
            Assert.True(connections.TryGet(Key(uint.MaxValue), out ConnectionStart start), $"{i}");
            Assert.Equal(7u, start.Sequence);
        }
    }

    private static ConnectionKey Key(uint number) => new(number, 1, 2, false);
}
