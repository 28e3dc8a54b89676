using System.Net;
using System.Net.Sockets;
using Imker.Capture.Tests.Files;
using Imker.Diagnostics;
using Imker.TestKit;

namespace Imker.Capture.Tests;

public sealed class PacketCaptureTests
{
    private static readonly byte[] datagram = Convert.FromHexString("02000000000102000000000208004500002000000000401100000a0000010a00000204d20009000c0000aabbccdd");

    [Fact]
    public async Task The_packets_of_a_file_that_pass_come_as_a_stream()
    {
        using TemporaryDirectory directory = new();
        string path = directory.Write("in.pcap", new CaptureBytes(false).PcapHeader()
            .Record(1_700_000_000, 5, datagram, original: 100).Record(2, 0, new byte[60]).Record(3, 0, datagram).ToArray());
        using PacketCapture capture = PacketCapture.OpenFile(path, "udp port 9 and host 10.0.0.1");
        List<Packet> packets = [];
        await foreach (Packet packet in capture)
            packets.Add(packet);
        Assert.Equal([100u, (uint)datagram.Length], packets.Select(p => p.OriginalLength));
        Assert.Equal(datagram, packets[0].Data.ToArray());
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).AddTicks(50), packets[0].Time);
    }

    [Fact]
    public void A_wrong_filter_is_told_before_the_first_packet()
    {
        using TemporaryDirectory directory = new();
        string path = directory.Write("in.pcap", new CaptureBytes(false).PcapHeader().ToArray());
        Assert.Throws<DiagnosticException>(() => PacketCapture.OpenFile(path, "tcp portt 1"));
    }

    [Fact]
    public async Task A_stream_that_waits_ends_when_the_capture_is_disposed_of()
    {
        TestKit.Machine.RequireRoot();
        for (int i = 0; i < 20; i++)
        {
            PacketCapture capture = PacketCapture.Open(new LiveCaptureOptions { InterfaceName = "lo", IsImmediate = true }, "udp dst port 1 and len = 33");
            Task<int> reading = Task.Run(async () =>
            {
                int count = 0;
                await foreach (Packet packet in capture)
                    count++;
                return count;
            }, TestContext.Current.CancellationToken);
            await Task.Delay(i * 5, TestContext.Current.CancellationToken);
            capture.Dispose();
            capture.Dispose();
            try
            {
                Assert.Equal(0, await reading.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
            }
            catch (ObjectDisposedException)
            {
                // It had not begun.
            }
            Assert.Throws<ObjectDisposedException>(() => capture.TryRead(out _));
            Assert.Throws<ObjectDisposedException>(() => capture.Wait(TimeSpan.Zero));
        }
    }

    [Fact]
    public void A_file_is_not_read_any_more_when_the_capture_is_disposed_of()
    {
        using TemporaryDirectory directory = new();
        string path = directory.Write("in.pcap", new CaptureBytes(false).PcapHeader().Record(1, 5, datagram).Record(3, 0, datagram).ToArray());
        PacketCapture capture = PacketCapture.OpenFile(path);
        Assert.True(capture.TryRead(out _));
        capture.Dispose();
        Assert.Throws<ObjectDisposedException>(() => capture.TryRead(out _));
    }

    [Fact]
    public async Task The_packets_of_an_interface_come_until_the_stream_is_cancelled()
    {
        TestKit.Machine.RequireRoot();
        using var receiver = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)receiver.Client.LocalEndPoint!).Port;
        using PacketCapture capture = PacketCapture.Open(new LiveCaptureOptions { InterfaceName = "lo", IsImmediate = true }, $"udp dst port {port}");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var sender = new UdpClient();
        for (byte i = 0; i < 10; i++)
            sender.Send([i], new IPEndPoint(IPAddress.Loopback, port));
        List<byte> received = [];
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            await foreach (Packet packet in capture.WithCancellation(cancellation.Token))
            {
                received.Add(packet.Data.Span[42]);
                if (received.Count == 10)
                    cancellation.CancelAfter(TimeSpan.FromMilliseconds(100));
            }
        });
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (byte)i), received);
    }
}
