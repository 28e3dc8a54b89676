namespace Imker.Capture.Dissection;

/// <summary>Who is there: the password protocol (RFC 1334) and the challenge protocol (RFC 1994).</summary>
internal static class PppAuthenticationPrinter
{
    public static void PrintChallenge(ref Dissection d, int at, int length)
    {
        if (!TryPrintHeader(ref d, at, length, "CHAP"u8, "chap"u8, isChallenge: true))
            return;
        byte code = d.U8(at);
        int told = d.U16(at + 2);
        if (code is 1 or 2)
        {
            if (length < 5)
                return;
            int size = d.U8(at + 4);
            if (length - 5 < size)
                return;
            d.Say(", Value "u8);
            for (int i = 0; i < size && !d.IsStopped; i++)
                d.Hex(d.U8(at + 5 + i), 2);
            d.Say(", Name "u8);
            SayText(ref d, at + 5 + size, told - 5 - size);
        }
        else if (code is 3 or 4)
        {
            d.Say(", Msg "u8);
            SayText(ref d, at + 4, told - 4);
        }
    }

    public static void PrintPassword(ref Dissection d, int at, int length)
    {
        if (!TryPrintHeader(ref d, at, length, "PAP"u8, "pap"u8, isChallenge: false))
            return;
        byte code = d.U8(at);
        int told = d.U16(at + 2);
        if (told > length)
        {
            d.Say(", length "u8, told, " > packet size"u8);
            return;
        }
        if (told < 4)
        {
            d.Say(", length "u8, told, " < PAP header length"u8);
            return;
        }
        if ((code == 1 && told < 6) || (code is 2 or 3 && told < 5))
        {
            d.Say("[|pap]"u8);
            return;
        }
        if (code == 1)
        {
            int at2 = at + 4;
            if (TrySayCounted(ref d, ref at2, at + told, ", Peer "u8))
                TrySayCounted(ref d, ref at2, at + told, ", Name "u8);
        }
        else if (code is 2 or 3)
        {
            int at2 = at + 4;
            TrySayCounted(ref d, ref at2, at + told, ", Msg "u8);
        }
    }

    private static bool TrySayCounted(ref Dissection d, ref int at, int end, ReadOnlySpan<byte> title)
    {
        if (end - at < 1)
            return false;
        int size = d.U8(at);
        at++;
        if (end - at < size)
            return false;
        d.Say(title);
        d.TextOrStop(at, size);
        at += size;
        return true;
    }

    // A told length below what came already wraps in the field's own arithmetic: everything is missing then.
    private static void SayText(ref Dissection d, int at, int length)
    {
        if (length < 0)
        {
            d.TextUntilEnd(at, int.MaxValue - at);
            d.Stop();
            return;
        }
        d.TextOrStop(at, length);
    }

    private static bool TryPrintHeader(ref Dissection d, int at, int length, ReadOnlySpan<byte> name, ReadOnlySpan<byte> cut, bool isChallenge)
    {
        if (length < 4)
        {
            d.Say("[|"u8);
            d.Say(cut);
            if (length >= 1)
                d.Say(" 0x"u8, d.U8(at), 2);
            d.Say("]"u8);
            return false;
        }
        byte code = d.U8(at);
        d.Layer(cut);
        d.Note("code"u8, code);
        d.Say(name);
        d.Say(", "u8);
        d.NameOr(isChallenge ? ChallengeName(code) : PasswordName(code), "unknown"u8);
        d.Say(" (0x"u8, code, 2);
        d.Say(")"u8);
        byte id = d.U8(at + 1);
        d.Note("id"u8, id);
        d.Say(", id "u8, id);
        d.Require(at + 2, 2);
        return true;
    }

    private static ReadOnlySpan<byte> ChallengeName(byte code) => code switch
    {
        1 => "Challenge"u8,
        2 => "Response"u8,
        3 => "Success"u8,
        4 => "Fail"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> PasswordName(byte code) => code switch
    {
        1 => "Auth-Req"u8,
        2 => "Auth-ACK"u8,
        3 => "Auth-NACK"u8,
        _ => default,
    };
}
