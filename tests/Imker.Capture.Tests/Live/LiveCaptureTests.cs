using System.Net;
using System.Net.Sockets;
using Imker.Bytecode.Classic;
using Imker.Linux;
using Imker.TestKit;

namespace Imker.Capture.Tests.Live;

/// <summary>Captures what the test itself sends over the loopback device, told from all else by its port.</summary>
public sealed class LiveCaptureTests
{
    private const int Count = 50;

    [Theory]
    [InlineData("lo", null, 14)]
    [InlineData("any", null, 20)]
    [InlineData("any", 113, 16)]
    public void What_is_sent_is_captured_once_whole_and_in_order(string interfaceName, int? linkType, int headerSize)
    {
        TestKit.Machine.RequireRoot();
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)receiver.Client.LocalEndPoint!).Port;
        using LiveCapture capture = LiveCapture.Open(
            new LiveCaptureOptions { InterfaceName = interfaceName, LinkType = linkType, IsImmediate = true }, UdpTo(port, headerSize));
        Assert.True(capture.FiltersInKernel);
        long before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        List<(long Time, byte[] Data, uint Length, string? Name)> packets = SendAndCapture(capture, port);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => (byte)i), packets.Select(p => p.Data[^1]));
        Assert.All(packets, p => Assert.Equal((headerSize + 28 + 100, (uint)(headerSize + 28 + 100), "lo"), (p.Data.Length, p.Length, p.Name)));
        Assert.All(packets, p => Assert.InRange(p.Time / 1_000_000, before - 1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 1));
        PacketCounts counts = capture.ReadCounts();
        Assert.Equal(0ul, counts.Dropped);
        // The loopback device shows each packet on its way out and on its way in.
        Assert.Equal(2ul * Count, counts.Received);
    }

    [Fact]
    public void Not_more_of_a_packet_is_kept_than_was_asked_for()
    {
        TestKit.Machine.RequireRoot();
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)receiver.Client.LocalEndPoint!).Port;
        using LiveCapture capture = LiveCapture.Open(
            new LiveCaptureOptions { InterfaceName = "lo", SnapLength = 60, IsImmediate = true }, UdpTo(port, 14, keep: 60));
        Assert.All(SendAndCapture(capture, port), p => Assert.Equal((60, 142u), (p.Data.Length, p.Length)));
    }

    [Theory]
    [InlineData(CaptureDirection.In, Count)]
    [InlineData(CaptureDirection.Out, 0)]
    public void The_direction_decides(CaptureDirection direction, int expected)
    {
        TestKit.Machine.RequireRoot();
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)receiver.Client.LocalEndPoint!).Port;
        using LiveCapture capture = LiveCapture.Open(
            new LiveCaptureOptions { InterfaceName = "lo", Direction = direction, IsImmediate = true }, UdpTo(port, 14));
        Assert.Equal(expected, SendAndCapture(capture, port, expected).Count);
    }

    [Fact]
    public void A_filter_that_the_kernel_cannot_run_runs_here()
    {
        TestKit.Machine.RequireRoot();
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)receiver.Client.LocalEndPoint!).Port;
        ClassicProgram program = UdpTo(port, 20);
        program = new ClassicProgram([new(ClassicOpcode.LoadLength), .. program.Instructions]);
        using LiveCapture capture = LiveCapture.Open(new LiveCaptureOptions { InterfaceName = "any", IsImmediate = true }, program);
        Assert.False(capture.FiltersInKernel);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => (byte)i), SendAndCapture(capture, port).Select(p => p.Data[^1]));
    }

    [Fact]
    public void Packets_that_were_there_are_not_read_when_the_capture_is_disposed_of()
    {
        TestKit.Machine.RequireRoot();
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)receiver.Client.LocalEndPoint!).Port;
        // Blocks of 100 ms: all come in one, of which two are read.
        using LiveCapture capture = LiveCapture.Open(new LiveCaptureOptions { InterfaceName = "lo" }, UdpTo(port, 14));
        using var sender = new UdpClient();
        for (int i = 0; i < Count; i++)
            sender.Send(new byte[100], new IPEndPoint(IPAddress.Loopback, port));
        Assert.True(SpinWait.SpinUntil(() => capture.TryRead(out _), TimeSpan.FromSeconds(10)));
        Assert.True(capture.TryRead(out _));
        capture.Dispose();
        Assert.Throws<ObjectDisposedException>(() => capture.TryRead(out _));
    }

    [Fact]
    public void An_interface_that_is_not_there_is_refused()
    {
        TestKit.Machine.RequireRoot();
        var error = Assert.Throws<BpfException>(() => LiveCapture.Open(new LiveCaptureOptions { InterfaceName = "nosuch0" }));
        Assert.Equal("cannot capture on nosuch0: no such device (RTM_GETLINK: ENODEV); -D lists the interfaces", error.Message);
    }

    private static List<(long Time, byte[] Data, uint Length, string? Name)> SendAndCapture(LiveCapture capture, int port, int expected = Count)
    {
        using var loop = new EventLoop();
        capture.Watch(loop);
        using var sender = new UdpClient();
        byte[] payload = new byte[100];
        for (int i = 0; i < Count; i++)
        {
            payload[^1] = (byte)i;
            sender.Send(payload, new IPEndPoint(IPAddress.Loopback, port));
        }
        List<(long, byte[], uint, string?)> result = [];
        long end = Environment.TickCount64 + (expected > 0 ? 10_000 : 300);
        while (Environment.TickCount64 < end && (result.Count < expected || expected == 0))
        {
            while (capture.TryRead(out CapturedPacket packet))
                result.Add((packet.Timestamp, packet.Data.ToArray(), packet.OriginalLength, packet.InterfaceName));
            loop.Wait(TimeSpan.FromMilliseconds(20));
        }
        return result;
    }

    // IPv4 without options, UDP, to this port.
    private static ClassicProgram UdpTo(int port, int headerSize, uint keep = 262144) => new(
    [
        new(ClassicOpcode.LoadAbsoluteByte, (uint)headerSize + 9),
        new(ClassicOpcode.JumpEqual, 0, 3, 17),
        new(ClassicOpcode.LoadAbsoluteHalf, (uint)headerSize + 22),
        new(ClassicOpcode.JumpEqual, 0, 1, (uint)port),
        new(ClassicOpcode.Return, keep),
        new(ClassicOpcode.Return, 0),
    ]);
}
