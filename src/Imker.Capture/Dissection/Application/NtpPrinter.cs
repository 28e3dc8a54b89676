namespace Imker.Capture.Dissection;

/// <summary>The Network Time Protocol (RFC 5905), its control messages (RFC 9327) by their headers.</summary>
internal static class NtpPrinter
{
    private const int TimeLength = 48, ControlLength = 12;
    private const byte Unspecified = 0, PrimaryReference = 1, InfoQuery = 62, InfoReply = 63;
    private const int Control = 6, Reserved = 7;

    public static void Print(ref Dissection d, int at, int length)
    {
        d.Protocol = "ntp"u8;
        if (length < 1)
        {
            SayTooShort(ref d, at, length);
            return;
        }
        byte status = d.U8(at);
        int version = status >> 3 & 7, mode = status & 7;
        d.Layer("ntp"u8);
        d.Note("version"u8, version);
        d.Note("mode"u8, mode);
        d.Note("mode_name"u8, ModeName(mode));
        d.Say("NTPv"u8, version, ", "u8);
        d.Say(ModeName(mode));
        d.Say(", length "u8, length);
        if (!d.IsVerbose)
            return;
        d.Say("\n\tLeap indicator: "u8);
        d.Say((status & 0xc0) switch { 0 => ""u8, 0x40 => "+1s"u8, 0x80 => "-1s"u8, _ => "clock unsynchronized"u8 });
        d.Say(" ("u8, status & 0xc0, ")"u8);
        if (mode == Control)
            PrintControl(ref d, at, length);
        else if (mode != Reserved)
            PrintTime(ref d, at, length);
    }

    private static void PrintTime(ref Dissection d, int at, int length)
    {
        if (length < TimeLength)
        {
            SayTooShort(ref d, at, length);
            return;
        }
        byte stratum = d.U8(at + 1);
        d.Number(", Stratum "u8, "stratum"u8, stratum);
        d.Say(" ("u8);
        d.Say(stratum switch
        {
            Unspecified => "unspecified"u8,
            PrimaryReference => "primary reference"u8,
            <= 15 => "secondary reference"u8,
            _ => "reserved"u8,
        });
        d.Say(")"u8);
        int poll = (sbyte)d.U8(at + 2);
        d.Number(", poll "u8, "poll"u8, poll);
        if (poll is > -32 and < 32)
        {
            d.Say(poll >= 0 ? " ("u8 : " (1/"u8, 1u << Math.Abs(poll));
            d.Say("s)"u8);
        }
        d.Number(", precision "u8, "precision"u8, (sbyte)d.U8(at + 3));
        if (d.IsStopped)
            return;
        PrintClock(ref d, at, length, stratum);
        d.SayStop();
    }

    private static void PrintClock(ref Dissection d, int at, int length, byte stratum)
    {
        NtpTime.SayShort(ref d, "\n\tRoot Delay: "u8, at + 4);
        NtpTime.SayShort(ref d, ", Root dispersion: "u8, at + 8);
        if (!d.Require(at + 12, 4))
            return;
        d.Say(", Reference-ID: "u8);
        if (TryPrintReference(ref d, at + 12, stratum))
            PrintTimes(ref d, at, length);
    }

    private static bool TryPrintReference(ref Dissection d, int at, byte stratum)
    {
        switch (stratum)
        {
            case Unspecified:
                d.NoteText("reference"u8, d.Packet.Slice(at, 4).TrimEnd((byte)0));
                d.Say("(unspec)"u8);
                return true;
            case PrimaryReference:
                d.NoteText("reference"u8, d.Packet.Slice(at, 4).TrimEnd((byte)0));
                d.TextOrStop(at, 4);
                return true;
            case InfoQuery or InfoReply:
                d.Ip4(at);
                d.Say(stratum == InfoQuery ? " INFO_QUERY"u8 : " INFO_REPLY"u8);
                return false;
            default:
                uint reference = d.U32(at);
                d.Note("reference_id"u8, reference);
                d.Say("0x"u8, reference, 8);
                return true;
        }
    }

    private static void PrintTimes(ref Dissection d, int at, int length)
    {
        NtpTime.Say(ref d, "\n\t  Reference Timestamp:  "u8, "reference_time"u8, at + 16);
        NtpTime.Say(ref d, "\n\t  Originator Timestamp: "u8, "origin_time"u8, at + 24);
        NtpTime.Say(ref d, "\n\t  Receive Timestamp:    "u8, "receive_time"u8, at + 32);
        NtpTime.Say(ref d, "\n\t  Transmit Timestamp:   "u8, "transmit_time"u8, at + 40);
        d.Say("\n\t    Originator - Receive Timestamp:  "u8);
        NtpTime.SayDifference(ref d, at + 24, at + 32);
        d.Say("\n\t    Originator - Transmit Timestamp: "u8);
        NtpTime.SayDifference(ref d, at + 24, at + 40);
        PrintKey(ref d, at + TimeLength, length - TimeLength);
    }

    private static void PrintKey(ref Dissection d, int at, int left)
    {
        if (left is not (4 or 20 or 24))
        {
            if (left > 0)
                d.Say("\n\t("u8, left, " more bytes after the header)"u8);
            return;
        }
        uint key = d.U32(at);
        d.Number("\n\tKey id: "u8, "key_id"u8, key);
        if (left == 4 || !d.Require(at + 4, left - 4))
            return;
        d.Say("\n\tAuthentication: "u8);
        d.HexBytes(d.Packet.Slice(at + 4, left - 4));
    }

    private static void PrintControl(ref Dissection d, int at, int length)
    {
        if (length < ControlLength)
        {
            SayTooShort(ref d, at, length);
            return;
        }
        byte control = d.U8(at + 1);
        d.Say((control & 0x80) != 0 ? ", Response"u8 : ", Request"u8);
        d.Say((control & 0x40) != 0 ? ", Error"u8 : ", OK"u8);
        d.Say((control & 0x20) != 0 ? ", More"u8 : ", Last"u8);
        d.Number(", OpCode="u8, "operation"u8, control & 31);
        d.Say("\n"u8);
        d.Number("\tSequence="u8, "sequence"u8, d.U16(at + 2));
        ushort status = d.U16(at + 4);
        d.Say(status != 0 ? ", Status=0x"u8 : ", Status="u8, status, 1);
        d.Say(", Assoc.="u8, d.U16(at + 6));
        d.Say(", Offset="u8, d.U16(at + 8));
        int count = d.U16(at + 10);
        d.Say(", Count="u8, count);
        if (ControlLength + count > length)
            SayTooShort(ref d, at, length);
        else if (count != 0 && d.Require(at + ControlLength, count))
            d.Say("\n\tTO-BE-DONE: data not interpreted"u8);
    }

    private static void SayTooShort(ref Dissection d, int at, int length)
    {
        d.SayInvalid();
        d.Require(at, length);
    }

    private static ReadOnlySpan<byte> ModeName(int mode) => mode switch
    {
        0 => "unspecified"u8,
        1 => "symmetric active"u8,
        2 => "symmetric passive"u8,
        3 => "Client"u8,
        4 => "Server"u8,
        5 => "Broadcast"u8,
        Control => "Control Message"u8,
        _ => "Reserved"u8,
    };
}
