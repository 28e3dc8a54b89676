namespace Imker.Capture.Dissection;

/// <summary>A resource record (RFC 1035 section 4.1.3).</summary>
internal static class DnsRecord
{
    private const int FixedLength = 10;

    /// <returns>Where it ends; negative where it was cut.</returns>
    public static int Print(ref Dissection d, int at, in DnsMessage message)
    {
        int name = at;
        if (d.IsVerbose)
        {
            d.Say(" "u8);
            at = DnsName.Print(ref d, at, message.At);
            if (at < 0)
                return -1;
        }
        else
        {
            at = DnsName.Skip(d, at);
        }
        if (at < 0 || !d.Has(at, FixedLength))
            return d.End;
        int type = d.U16(at), told = d.U16(at + 2);
        int kind = message.IsMulticast ? told & ~DnsMessage.MulticastFlag : told;
        uint lifetime = d.U32(at + 4);
        d.BeginItem();
        DnsNameField.Note(ref d, "name"u8, name, message.At);
        d.Note("type"u8, type);
        d.Note("type_name"u8, DnsType.NameOf(type));
        if (kind != DnsType.Internet && type != DnsType.Opt)
        {
            d.Say(" "u8);
            d.NameOr(DnsType.ClassName(kind), "(Class "u8, kind, ")"u8);
        }
        if (message.IsMulticast && (told & DnsMessage.MulticastFlag) != 0)
            d.Say(" (Cache flush)"u8);
        if (type != DnsType.Opt)
        {
            d.Note("class"u8, kind);
            d.Note("ttl"u8, lifetime);
            if (d.Verbosity > 2)
            {
                d.Say(" ["u8);
                d.Duration(lifetime);
                d.Say("]"u8);
            }
        }
        int length = d.U16(at + 8);
        at += FixedLength;
        d.Say(" "u8);
        d.NameOr(DnsType.NameOf(type), "Type"u8, type);
        if (at + length > d.End)
            return -1;
        bool isWhole = DnsRecordData.TryPrint(ref d, message, type, at, length, kind, lifetime);
        d.EndItem();
        return isWhole ? at + length : -1;
    }
}
