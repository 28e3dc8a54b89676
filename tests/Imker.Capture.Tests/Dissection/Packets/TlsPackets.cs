namespace Imker.Capture.Tests.Dissection;

internal static class TlsPackets
{
    /// <summary>A hello of a client that asks for a server by name.</summary>
    public static byte[] Hello(string server)
    {
        Octets name = new Octets().U16(server.Length + 3).U8(0).U16(server.Length).Text(server);
        Octets extensions = new Octets().U16(0, name.Count).Add(name).U16(16, 5, 3).Counted("h2").U16(43, 5).U8(4).U16(0x0304, 0x0303);
        Octets hello = new Octets().U16(0x0303).Fill(32, 7).U8(0).U16(4, 0x1301, 0x1302).U8(1, 0).U16(extensions.Count).Add(extensions);
        Octets handshake = new Octets().U8(1).U24(hello.Count).Add(hello);
        return new Octets().U8(22).U16(0x0301, handshake.Count).Add(handshake);
    }
}
