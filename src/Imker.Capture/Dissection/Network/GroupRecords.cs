namespace Imker.Capture.Dissection;

/// <summary>What a report says of each group, of IPv4 (IGMP version 3, RFC 3376) and of IPv6 (MLD version 2, RFC 3810): they differ by the size of addresses.</summary>
internal static class GroupRecords
{
    private const int AddressAt = 4, Ipv4Length = 4;

    /// <param name="at">Of the report.</param>
    /// <param name="length">Of the report.</param>
    public static void Print(ref Dissection d, int at, int length, int addressLength)
    {
        int count = d.U16(at + 6);
        d.Say(", "u8, count, " group record(s)"u8);
        if (!d.IsVerbose)
            return;
        int record = 8;
        d.BeginList("groups"u8);
        for (int i = 0; i < count && !d.IsStopped; i++)
        {
            if (!TryPrint(ref d, at + record, length - record, addressLength, out int recordLength))
                return;
            record += recordLength;
        }
        d.EndList();
    }

    public static void PrintSources(ref Dissection d, int at, int count, int addressLength)
    {
        d.Say(" {"u8);
        d.BeginList("sources"u8);
        for (int i = 0; i < count && !d.IsStopped; i++)
        {
            if (!d.Require(at + addressLength * i, addressLength))
                return;
            d.Say(" "u8);
            PrintAddress(ref d, default, at + addressLength * i, addressLength);
        }
        d.EndList();
        d.Say(" }"u8);
    }

    private static bool TryPrint(ref Dissection d, int at, int left, int addressLength, out int length)
    {
        length = AddressAt + addressLength;
        if (left < length)
        {
            d.Say(" [invalid number of groups]"u8);
            return false;
        }
        if (!d.Require(at, length))
            return false;
        byte kind = d.U8(at);
        int sources = d.U16(at + 2), sourcesAt = at + length;
        d.BeginItem();
        d.Note("kind"u8, kind);
        d.Say(" [gaddr "u8);
        PrintAddress(ref d, "group"u8, at + AddressAt, addressLength);
        d.Say(" "u8);
        d.NameOr(NameOf(kind), addressLength == Ipv4Length ? " [v3-report-#"u8 : " [v2-report-#"u8, kind, "]"u8);
        length += addressLength * sources;
        if (left < length)
        {
            d.Say(" [invalid number of sources "u8, sources, "]"u8);
            return false;
        }
        if (d.Verbosity == 1)
            d.Say(", "u8, sources, " source(s)"u8);
        else
            PrintSources(ref d, sourcesAt, sources, addressLength);
        d.Say("]"u8);
        d.EndItem();
        return true;
    }

    private static void PrintAddress(ref Dissection d, ReadOnlySpan<byte> field, int at, int length)
    {
        if (length == Ipv4Length)
            d.Ip4(field, at);
        else
            d.Ip6(field, at);
    }

    private static ReadOnlySpan<byte> NameOf(byte kind) => kind switch
    {
        1 => "is_in"u8,
        2 => "is_ex"u8,
        3 => "to_in"u8,
        4 => "to_ex"u8,
        5 => "allow"u8,
        6 => "block"u8,
        _ => default,
    };
}
