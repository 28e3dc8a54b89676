namespace Imker.Capture.Dissection;

/// <summary>Bootstrap protocol and dynamic host configuration (RFC 951, 2131).</summary>
internal static class DhcpPrinter
{
    private const byte Request = 1, Reply = 2;
    private const int ClientHardware = 28, ServerName = 44, ServerNameLength = 64, BootFile = 108, BootFileLength = 128, Vendor = 236;
    private const uint DhcpCookie = 0x63825363, CmuCookie = 0x434d5500;

    private static readonly FlagNames FlagTexts = new((0x8000, "Broadcast"));

    public static void Print(ref Dissection d, int at, int length)
    {
        d.Protocol = "bootp"u8;
        byte operation = d.U8(at);
        d.Layer("dhcp"u8);
        d.Note("operation"u8, operation);
        d.Say("BOOTP/DHCP, "u8);
        d.NameOrHex(operation switch { Request => "Request"u8, Reply => "Reply"u8, _ => default }, "unknown (0x"u8, operation, 2, ")"u8);
        byte hardware = d.U8(at + 1), hardwareLength = d.U8(at + 2);
        bool isEthernet = hardware == 1 && hardwareLength == 6;
        if (isEthernet && operation == Request)
        {
            if (!d.Require(at + ClientHardware, 6))
                return;
            d.Say(" from "u8);
            d.Mac(at + ClientHardware);
        }
        d.Say(", length "u8, length);
        if (!d.IsVerbose || !d.Require(at + 8, 2))
            return;
        PrintHeader(ref d, at, hardware, hardwareLength);
        PrintAddresses(ref d, at);
        if (isEthernet)
        {
            if (!d.Require(at + ClientHardware, 6))
                return;
            d.Say("\n\t  Client-Ethernet-Address "u8);
            d.Mac("client_mac"u8, at + ClientHardware);
        }
        if (!TryPrintName(ref d, "\n\t  sname \""u8, "server_name"u8, at + ServerName, ServerNameLength)
            || !TryPrintName(ref d, "\n\t  file \""u8, "boot_file"u8, at + BootFile, BootFileLength))
        {
            return;
        }
        PrintVendor(ref d, at + Vendor);
    }

    private static void PrintHeader(ref Dissection d, int at, byte hardware, byte hardwareLength)
    {
        if (hardware != 1)
            d.Say(", htype "u8, hardware);
        if (hardware != 1 || hardwareLength != 6)
            d.Say(", hlen "u8, hardwareLength);
        byte hops = d.U8(at + 3);
        if (hops != 0)
            d.Number(", hops "u8, "hops"u8, hops);
        uint transaction = d.U32(at + 4);
        d.Note("transaction"u8, transaction);
        if (transaction != 0)
            d.Say(", xid 0x"u8, transaction, 1);
        int seconds = d.U16(at + 8);
        if (seconds != 0)
            d.Number(", secs "u8, "seconds"u8, seconds);
        int flags = d.U16(at + 10);
        d.NoteFlags("flags"u8, FlagTexts, (uint)flags);
        d.Say(", Flags ["u8);
        d.Flags(FlagTexts, (uint)flags, ", "u8, "none"u8);
        d.Say("]"u8);
        if (d.Verbosity <= 1)
            return;
        d.Say(" (0x"u8, (ulong)flags, 4);
        d.Say(")"u8);
    }

    private static void PrintAddresses(ref Dissection d, int at)
    {
        PrintAddress(ref d, "\n\t  Client-IP "u8, "client_ip"u8, at + 12);
        PrintAddress(ref d, "\n\t  Your-IP "u8, "your_ip"u8, at + 16);
        PrintAddress(ref d, "\n\t  Server-IP "u8, "server_ip"u8, at + 20);
        PrintAddress(ref d, "\n\t  Gateway-IP "u8, "gateway_ip"u8, at + 24);
    }

    private static void PrintAddress(ref Dissection d, ReadOnlySpan<byte> title, ReadOnlySpan<byte> name, int at)
    {
        if (d.U32(at) == 0)
            return;
        d.Say(title);
        d.Ip4(name, at);
    }

    private static bool TryPrintName(ref Dissection d, ReadOnlySpan<byte> title, ReadOnlySpan<byte> name, int at, int length)
    {
        if (d.U8(at) == 0)
            return !d.IsStopped;
        d.Say(title);
        int there = Math.Clamp(d.End - at, 0, length);
        int end = d.Packet.Slice(at, there).IndexOf((byte)0);
        ReadOnlySpan<byte> text = d.Packet.Slice(at, end < 0 ? there : end);
        d.NoteText(name, text);
        d.Text(text);
        d.Say("\""u8);
        if (end >= 0)
            return true;
        d.SayTruncated();
        return false;
    }

    private static void PrintVendor(ref Dissection d, int at)
    {
        uint cookie = d.U32(at);
        if (d.IsStopped)
            return;
        if (cookie == DhcpCookie)
            DhcpOptions.Print(ref d, at);
        else if (cookie == CmuCookie)
            PrintCmu(ref d, at);
        else if (cookie != 0)
            d.Say("\n\t  Vendor-#0x"u8, cookie, 1);
    }

    private static void PrintCmu(ref Dissection d, int at)
    {
        d.Say(" vend-cmu"u8);
        byte flags = d.U8(at + 4);
        if (!d.Require(at + 4, 4))
            return;
        if ((flags & ~1) != 0)
            d.Say(" F:0x"u8, flags, 1);
        PrintCmuAddress(ref d, " DG:"u8, at + 12);
        PrintCmuAddress(ref d, (flags & 1) != 0 ? " SM:"u8 : " SM*:"u8, at + 8);
        PrintCmuAddress(ref d, " NS1:"u8, at + 16);
        PrintCmuAddress(ref d, " NS2:"u8, at + 20);
        PrintCmuAddress(ref d, " IEN1:"u8, at + 24);
        PrintCmuAddress(ref d, " IEN2:"u8, at + 28);
        PrintCmuAddress(ref d, " TS1:"u8, at + 32);
        PrintCmuAddress(ref d, " TS2:"u8, at + 36);
    }

    private static void PrintCmuAddress(ref Dissection d, ReadOnlySpan<byte> title, int at)
    {
        if (d.U32(at) == 0)
            return;
        d.Say(title);
        d.Ip4(at);
    }
}
