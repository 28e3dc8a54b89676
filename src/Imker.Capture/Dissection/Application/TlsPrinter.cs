namespace Imker.Capture.Dissection;

/// <summary>
/// The hello messages of TLS (RFC 8446 section 4.1): who is asked for, and what was agreed on. tcpdump says nothing of them, so the text has
/// them from <c>-vv</c> on.
/// </summary>
internal static class TlsPrinter
{
    private const byte Handshake = 22, ClientHello = 1, ServerHello = 2;
    private const int RecordHeader = 5, MessageHeader = 4, RandomLength = 32;
    private const int ServerName = 0, ApplicationProtocol = 16, SupportedVersions = 43;

    public static void Print(ref Dissection d, int at, int length)
    {
        if (d.Verbosity < 2 || length < RecordHeader + MessageHeader + 2 || !d.Has(at, RecordHeader + MessageHeader + 2))
            return;
        byte message = d.U8(at + RecordHeader);
        if (d.U8(at) != Handshake || d.U8(at + 1) != 3 || message is not (ClientHello or ServerHello))
            return;
        int body = at + RecordHeader + MessageHeader;
        int end = Math.Min(d.End, Math.Min(at + length, body + (int)d.U24(at + RecordHeader + 1)));
        d.Layer("tls"u8);
        d.Note("message"u8, message == ClientHello ? "client_hello"u8 : "server_hello"u8);
        d.Say(message == ClientHello ? ": TLS ClientHello"u8 : ": TLS ServerHello"u8);
        int version = d.U16(body);
        int next = body + 2 + RandomLength;
        bool hasExtensions = message == ClientHello
            ? TrySkip(d, ref next, end, 1) && TrySkip(d, ref next, end, 2) && TrySkip(d, ref next, end, 1)
            : TryPrintChoice(ref d, ref next, end);
        if (hasExtensions && next + 2 <= end)
            PrintExtensions(ref d, next + 2, Math.Min(end, next + 2 + d.U16(next)), message == ClientHello, ref version);
        d.Note("version"u8, version);
        d.Say(", version "u8);
        d.NameOrHex(VersionName(version), "0x"u8, (ulong)version, 4);
    }

    private static bool TryPrintChoice(ref Dissection d, ref int at, int end)
    {
        if (!TrySkip(d, ref at, end, 1) || at + 3 > end)
            return false;
        int suite = d.U16(at);
        d.Note("cipher_suite"u8, suite);
        d.Say(", cipher 0x"u8, (ulong)suite, 4);
        at += 3;
        return true;
    }

    // Steps over a vector behind its length of so many bytes.
    private static bool TrySkip(in Dissection d, ref int at, int end, int lengthBytes)
    {
        if (at + lengthBytes > end)
            return false;
        int size = lengthBytes == 1 ? d.Packet[at] : d.Packet[at] << 8 | d.Packet[at + 1];
        at += lengthBytes + size;
        return at <= end;
    }

    private static void PrintExtensions(ref Dissection d, int at, int end, bool isClient, ref int version)
    {
        while (at + 4 <= end)
        {
            int kind = d.U16(at), size = d.U16(at + 2);
            int body = at + 4;
            if (body + size > end)
                return;
            if (kind == ServerName && isClient && size > 5)
                PrintText(ref d, "server_name"u8, ", sni "u8, body + 5, Math.Min(d.U16(body + 3), size - 5));
            else if (kind == ApplicationProtocol && size > 3)
                PrintText(ref d, "alpn"u8, ", alpn "u8, body + 3, Math.Min(d.U8(body + 2), size - 3));
            else if (kind == SupportedVersions)
                version = HighestVersion(d, body, size, isClient, version);
            at = body + size;
        }
    }

    private static void PrintText(ref Dissection d, ReadOnlySpan<byte> field, ReadOnlySpan<byte> title, int at, int length)
    {
        ReadOnlySpan<byte> text = d.Packet.Slice(at, length);
        d.NoteText(field, text);
        d.Say(title);
        d.Text(text);
    }

    private static int HighestVersion(in Dissection d, int at, int size, bool isClient, int version)
    {
        int first = isClient ? at + 1 : at;
        for (int i = first; i + 2 <= at + size; i += 2)
        {
            int offered = d.Packet[i] << 8 | d.Packet[i + 1];
            if (!VersionName(offered).IsEmpty && offered > version)
                version = offered;
        }
        return version;
    }

    private static ReadOnlySpan<byte> VersionName(int version) => version switch
    {
        0x0301 => "1.0"u8,
        0x0302 => "1.1"u8,
        0x0303 => "1.2"u8,
        0x0304 => "1.3"u8,
        _ => default,
    };
}
