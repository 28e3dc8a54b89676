using System.Text.Json;

namespace Imker.Capture.Tests.Dissection;

public sealed class JsonTests
{
    [Fact]
    public void A_packet_is_one_object_with_an_object_for_each_layer()
    {
        byte[] packet = Wire.TcpFrame(41000, 443, 1000, 2000, 18, new Octets().U8(2, 4).U16(1460).U8(4, 2), "hi"u8.ToArray());
        Assert.Equal(
            """{"timestamp":"2023-11-14T22:13:20.123456789Z","number":1,"length":64,"captured":64,"layers":["""
            + """{"protocol":"ethernet","source":"02:00:00:00:00:01","destination":"00:1b:21:a0:b1:c2","type":2048},"""
            + Layer(packet, 1) + "," + Layer(packet, 2) + "]}\n",
            Printing.Print(packet, Printing.Json));
        JsonElement ip = Layers(packet)[1], tcp = Layers(packet)[2];
        Assert.Equal("ipv4", ip.GetProperty("protocol").GetString());
        Assert.Equal("10.1.2.3", ip.GetProperty("source").GetString());
        Assert.True(ip.GetProperty("checksum_ok").GetBoolean());
        Assert.Equal("tcp", tcp.GetProperty("protocol").GetString());
        Assert.Equal(443, tcp.GetProperty("destination_port").GetInt32());
        Assert.Equal(1000u, tcp.GetProperty("sequence").GetUInt32());
        Assert.True(tcp.GetProperty("checksum_ok").GetBoolean());
        Assert.Equal(["mss", "sackOK", "nop", "nop"], tcp.GetProperty("options").EnumerateArray().Select(o => o.GetProperty("name").GetString()));
    }

    [Fact]
    public void Tunnels_repeat_layers_in_order()
    {
        byte[] packet = Wire.Frame4(4, Wire.Ip4(47, new Octets().U16(0, 0x86dd).Add(Wire.Ip6(17, Wire.Udp6(1, 53, DnsPackets.Message(0x0100, 1, 0, 0, 0, DnsPackets.Question("a.example", 28)))))));
        Assert.Equal(["ethernet", "ipv4", "ipv4", "gre", "ipv6", "udp", "dns"], Layers(packet).Select(l => l.GetProperty("protocol").GetString()));
        JsonElement question = Layers(packet)[^1].GetProperty("questions")[0];
        Assert.Equal("a.example", question.GetProperty("name").GetString());
        Assert.Equal("AAAA", question.GetProperty("type_name").GetString());
    }

    [Fact]
    public void A_packet_that_was_cut_says_so()
    {
        byte[] packet = Wire.TcpFrame(41000, 443, 1000, 2000, 16);
        JsonElement whole = JsonDocument.Parse(Printing.Print(packet, Printing.Json)).RootElement;
        JsonElement cut = JsonDocument.Parse(Printing.Print(packet[..40], Printing.Json)).RootElement;
        Assert.False(whole.TryGetProperty("truncated", out _));
        Assert.True(cut.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public void The_server_name_of_a_hello_is_a_field()
    {
        JsonElement tls = Layers(Wire.TcpFrame(41000, 443, 1, 1, 24, payload: TlsPackets.Hello("imker.example")))[^1];
        Assert.Equal("tls", tls.GetProperty("protocol").GetString());
        Assert.Equal("imker.example", tls.GetProperty("server_name").GetString());
    }

    [Fact]
    public void Text_of_packets_is_escaped()
    {
        byte[] packet = Wire.UdpFrame(40000, 53, DnsPackets.Message(0x0100, 1, 0, 0, 0, DnsPackets.Question("a\"\\\u001b\u00ff.b", 1)));
        string name = Layers(packet)[^1].GetProperty("questions")[0].GetProperty("name").GetString()!;
        Assert.StartsWith("a\"\\\u001b", name, StringComparison.Ordinal);
    }

    private static JsonElement[] Layers(byte[] packet) =>
        [.. JsonDocument.Parse(Printing.Print(packet, Printing.Json)).RootElement.GetProperty("layers").EnumerateArray()];

    private static string Layer(byte[] packet, int index) => Layers(packet)[index].GetRawText();
}
