namespace Imker.Capture.Dissection;

/// <summary>A domain name as a field of JSON, without the dot at its end.</summary>
internal static class DnsNameField
{
    private const int LongestName = 255;

    public static void Note(ref Dissection d, ReadOnlySpan<byte> field, int at, int message)
    {
        if (!d.HasFields)
            return;
        Span<byte> name = stackalloc byte[LongestName];
        int length = Read(d, at, message, name);
        if (length == 0)
            d.Note(field, "."u8);
        else
            d.Note(field, name[..length]);
    }

    private static int Read(in Dissection d, int at, int message, Span<byte> name)
    {
        int length = 0;
        int lowest = at - message;
        while (d.Has(at, 1))
        {
            int size = d.Packet[at];
            if (size == 0)
                break;
            if ((size & 0xc0) == 0xc0)
            {
                if (!d.Has(at + 1, 1))
                    break;
                int offset = (size << 8 | d.Packet[at + 1]) & 0x3fff;
                if (offset >= lowest)
                    break;
                lowest = offset;
                at = message + offset;
                continue;
            }
            if ((size & 0xc0) != 0 || !d.Has(at + 1, size) || length + size + 1 > name.Length)
                break;
            if (length > 0)
                name[length++] = (byte)'.';
            d.Packet.Slice(at + 1, size).CopyTo(name[length..]);
            length += size;
            at += size + 1;
        }
        return length;
    }
}
