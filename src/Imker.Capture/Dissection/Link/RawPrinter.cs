namespace Imker.Capture.Dissection;

/// <summary>Packets without a link-layer header: IP of either version.</summary>
internal static class RawPrinter
{
    public static void Print(ref Dissection d, int length)
    {
        d.Protocol = "raw"u8;
        if (d.Context.ShowsLink)
            d.Say("ip: "u8);
        Ipv4Printer.PrintEither(ref d, 0, length);
    }
}
