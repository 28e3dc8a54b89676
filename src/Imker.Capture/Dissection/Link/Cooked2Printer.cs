namespace Imker.Capture.Dissection;

/// <summary>The second form of the header for <c>any</c>, which names the interface: <c>LINKTYPE_LINUX_SLL2</c>.</summary>
internal static class Cooked2Printer
{
    private const int HeaderLength = 20;

    public static void Print(ref Dissection d, int length)
    {
        d.Protocol = "sll2"u8;
        if (d.Packet.Length < HeaderLength)
        {
            d.Stop();
            return;
        }
        d.LinkHeaderLength = HeaderLength;
        uint index = d.U32(4);
        byte[]? name = d.Context.Names.InterfaceName((int)index);
        d.Layer("sll2"u8);
        d.Note("interface_index"u8, index);
        d.Note("interface"u8, name);
        d.Note("direction"u8, CookedPrinter.DirectionName(d.U8(10)));
        CookedPrinter.NoteAddress(ref d, 12, d.U8(11));
        d.Note("type"u8, d.U16(0));
        SayPadded(ref d, name is null ? "?"u8 : name, 5);
        d.Say(" "u8);
        SayDirectionPadded(ref d);
        if (d.Context.ShowsLink)
            PrintHeader(ref d, length);
        CookedPrinter.PrintPayload(ref d, d.U16(0), HeaderLength, length - HeaderLength, HeaderLength);
    }

    public static void PrintHeader(ref Dissection d, int length)
    {
        d.Protocol = "sll2"u8;
        d.Say("ifindex "u8, d.U32(4), " "u8);
        if (d.U8(11) == 6)
        {
            d.Mac(12);
            d.Say(" "u8);
        }
        CookedPrinter.SayProtocol(ref d, d.U16(0), length);
    }

    private static void SayDirectionPadded(ref Dissection d)
    {
        ReadOnlySpan<byte> name = CookedPrinter.DirectionName(d.U8(10));
        SayPadded(ref d, name, 3);
        d.Say(" "u8);
    }

    private static void SayPadded(ref Dissection d, ReadOnlySpan<byte> text, int width)
    {
        d.Text(text);
        for (int i = text.Length; i < width; i++)
            d.Say(" "u8);
    }
}
