namespace Imker.Capture.Dissection;

/// <summary>What is asked (RFC 1035 section 4.1.2).</summary>
internal static class DnsQuestion
{
    /// <returns>Where it ends; negative where it was cut.</returns>
    public static int Print(ref Dissection d, int at, in DnsMessage message, ReadOnlySpan<byte> title)
    {
        d.Say(title);
        int fields = DnsName.Skip(d, at);
        if (fields < 0 || !d.Has(fields, 4))
            return -1;
        int type = d.U16(fields), kind = d.U16(fields + 2);
        bool isUnicast = (kind & DnsMessage.MulticastFlag) != 0;
        if (message.IsMulticast)
            kind &= ~DnsMessage.MulticastFlag;
        d.BeginItem();
        d.Note("type"u8, type);
        d.Note("type_name"u8, DnsType.NameOf(type));
        d.Note("class"u8, kind);
        d.Say(" "u8);
        d.NameOr(DnsType.NameOf(type), "Type"u8, type);
        if (kind != DnsType.Internet)
        {
            d.Say(" "u8);
            d.NameOr(DnsType.ClassName(kind), "(Class "u8, kind, ")"u8);
        }
        if (message.IsMulticast)
            d.Say(isUnicast ? " (QU)"u8 : " (QM)"u8);
        d.Say("? "u8);
        DnsNameField.Note(ref d, "name"u8, at, message.At);
        int end = DnsName.Print(ref d, at, message.At);
        d.EndItem();
        return end < 0 ? -1 : end + 4;
    }
}
