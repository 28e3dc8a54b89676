namespace Imker.Capture.Dissection;

/// <summary>The source routes of the first GRE (RFC 1701).</summary>
internal static class GreRoute
{
    private const int IpFamily = 0x0800, AutonomousSystems = 0xfffe;

    /// <returns>False where they were cut.</returns>
    public static bool TryPrint(ref Dissection d, ref GreHeader header)
    {
        while (true)
        {
            if (!header.TryTake(d, 4, out int entry))
                return false;
            int family = d.U16(entry), offset = d.U8(entry + 2), length = d.U8(entry + 3);
            if (family == 0 && length == 0)
                return true;
            if (!TryPrintEntry(ref d, header, family, offset, length))
                return false;
            if (!header.TryTake(d, length, out _) && header.Left < length)
                return false;
        }
    }

    private static bool TryPrintEntry(ref Dissection d, in GreHeader header, int family, int offset, int length)
    {
        int unit = family == IpFamily ? 4 : 2;
        if (family is not (IpFamily or AutonomousSystems))
        {
            d.Say(", (rtaf=0x"u8, (ulong)family, 1);
            d.Say(")"u8);
            return true;
        }
        d.Say(family == IpFamily ? ", (rtaf=ip"u8 : ", (rtaf=asn"u8);
        bool isWhole = true;
        if ((offset & (unit - 1)) != 0)
            d.Say(", badoffset="u8, offset);
        else if ((length & (unit - 1)) != 0)
            d.Say(", badlength="u8, length);
        else if (offset >= length)
            SayBadOffset(ref d, offset, length);
        else
            isWhole = TryPrintAddresses(ref d, header, unit, offset, length);
        d.Say(")"u8);
        return isWhole;
    }

    private static void SayBadOffset(ref Dissection d, int offset, int length)
    {
        d.Say(", badoff/len="u8, offset, "/"u8);
        d.Decimal(length);
    }

    private static bool TryPrintAddresses(ref Dissection d, in GreHeader header, int unit, int offset, int length)
    {
        for (int i = 0; i < length; i += unit)
        {
            if (!d.Has(header.At + i, unit) || header.Left - i < unit)
                return false;
            d.Say(i == offset ? " *"u8 : " "u8);
            if (unit == 4)
                d.Ip4Number(d.Bytes(header.At + i, 4));
            else
                d.Hex(d.U16(header.At + i));
        }
        return true;
    }
}
