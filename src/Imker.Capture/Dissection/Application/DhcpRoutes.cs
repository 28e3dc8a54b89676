namespace Imker.Capture.Dissection;

/// <summary>Routes without classes (RFC 3442).</summary>
internal static class DhcpRoutes
{
    public static int Print(ref Dissection d, int at, int length)
    {
        if (DhcpSpecialOption.IsTooShort(ref d, length, 5))
            return length;
        int left = length;
        bool isFirst = true;
        while (left > 0)
        {
            if (!isFirst)
                d.Say(","u8);
            isFirst = false;
            int width = d.U8(at);
            at++;
            left--;
            if (width > 32)
            {
                d.Say("[ERROR: Mask width ("u8, width, ") > 32]"u8);
                return length;
            }
            int octets = (width + 7) / 8;
            if (left < octets + 4)
            {
                d.Say("[ERROR: Remaining length ("u8, left, ") < "u8);
                d.Say(default, octets + 4, " bytes]"u8);
                return length;
            }
            PrintRoute(ref d, at, width, octets);
            at += octets + 4;
            left -= octets + 4;
        }
        return length;
    }

    private static void PrintRoute(ref Dissection d, int at, int width, int octets)
    {
        d.Say("("u8);
        if (width == 0)
        {
            d.Say("default"u8);
        }
        else
        {
            for (int i = 0; i < 4; i++)
                d.Say(i > 0 ? "."u8 : default, i < octets ? d.U8(at + i) : 0);
            d.Say("/"u8, width);
        }
        d.Say(":"u8);
        d.Ip4(at + octets);
        d.Say(")"u8);
    }
}
