namespace Imker.Capture.Dissection;

/// <summary>The Domain Name System (RFC 1035), and its multicast form (RFC 6762).</summary>
internal static class DnsPrinter
{
    private const int HeaderLength = 12;

    /// <summary>Over TCP: the message's length.</summary>
    private const int PrefixLength = 2;

    private const int
        Response = 0x8000,
        Authoritative = 0x0400,
        Cut = 0x0200,
        RecursionDesired = 0x0100,
        RecursionAvailable = 0x0080,
        Authentic = 0x0020,
        CheckingDisabled = 0x0010;

    private const int InverseQuery = 1;

    public static void PrintOverTcp(ref Dissection d, int at, int length)
    {
        d.Protocol = "domain"u8;
        if (length < PrefixLength)
        {
            d.Say(" [DNS over TCP: length "u8, length, " < 2]"u8);
            d.SayInvalid();
            return;
        }
        int told = d.U16(at);
        length -= PrefixLength;
        d.Say(" "u8);
        if (told == length)
        {
            Print(ref d, at + PrefixLength, length, isMulticast: false);
            return;
        }
        d.Say("[prefix length("u8, told, ") != length("u8);
        d.Say(default, length, ")]"u8);
        d.SayInvalid();
    }

    public static void Print(ref Dissection d, int at, int length, bool isMulticast)
    {
        d.Protocol = "domain"u8;
        if (length < HeaderLength)
        {
            d.Say("domain [length "u8, length, " < 12]"u8);
            d.SayInvalid();
            return;
        }
        if (!d.Has(at, HeaderLength))
        {
            d.SayTruncated();
            return;
        }
        int flags = d.U16(at + 2);
        var message = new DnsMessage(at, flags, d.U16(at + 4), d.U16(at + 6), d.U16(at + 8), d.U16(at + 10), isMulticast);
        int code = ExtendedCode(d, message);
        d.Layer("dns"u8);
        d.Note("id"u8, d.U16(at));
        d.Note("response"u8, message.IsResponse);
        d.Note("operation"u8, message.Operation);
        d.Note("answer_code"u8, code);
        bool isWhole = message.IsResponse ? TryPrintResponse(ref d, message, code) : TryPrintQuery(ref d, message);
        if (!isWhole)
        {
            d.SayTruncated();
            return;
        }
        d.Say(" ("u8, length, ")"u8);
    }

    // The upper bits of the answer's code stand in an OPT record (RFC 6891).
    private static int ExtendedCode(in Dissection d, in DnsMessage message)
    {
        int code = message.Flags & 15;
        int at = message.At + HeaderLength;
        for (int i = 0; i < message.Questions; i++)
        {
            at = DnsName.Skip(d, at);
            if (at < 0 || (at += 4) >= d.End)
                return code;
        }
        int records = message.Answers + message.Authorities + message.Additional;
        for (int i = 0; i < records; i++)
        {
            at = DnsName.Skip(d, at);
            if (at < 0 || !d.Has(at, 2))
                return code;
            int type = d.Packet[at] << 8 | d.Packet[at + 1];
            if (i >= message.Answers + message.Authorities && type == DnsType.Opt)
                return d.Has(at + 4, 1) ? code | d.Packet[at + 4] << 4 : code;
            if (!d.Has(at + 8, 2))
                return code;
            at += 10 + (d.Packet[at + 8] << 8 | d.Packet[at + 9]);
            if (at >= d.End)
                return code;
        }
        return code;
    }

    private static bool TryPrintResponse(ref Dissection d, in DnsMessage message, int code)
    {
        int flags = message.Flags;
        d.Decimal((long)d.U16(message.At));
        d.Say(DnsType.OperationName(message.Operation));
        if (code != 0)
            d.NameOr(DnsType.AnswerName(code), " Resp"u8, code);
        if ((flags & Authoritative) != 0)
            d.Say("*"u8);
        if ((flags & RecursionAvailable) == 0)
            d.Say("-"u8);
        if ((flags & Cut) != 0)
            d.Say("|"u8);
        if ((flags & Authentic) != 0)
            d.Say("$"u8);
        if (message.Questions != 1)
            d.Say(" ["u8, message.Questions, "q]"u8);
        int at = message.At + HeaderLength;
        d.BeginList("questions"u8);
        for (int i = 0; i < message.Questions; i++)
        {
            if (i > 0)
                d.Say(","u8);
            at = d.Verbosity > 1 ? DnsQuestion.Print(ref d, at, message, " q:"u8) : SkipQuestion(d, at);
            if (at < 0)
                return false;
        }
        d.EndList();
        d.Say(" "u8, message.Answers, "/"u8);
        d.Say(default, message.Authorities, "/"u8);
        d.Decimal(message.Additional);
        if (!TryPrintSection(ref d, message, ref at, message.Answers, "answers"u8, default, mayBeginAtEnd: true))
            return false;
        return d.Verbosity <= 1 || TryPrintOthers(ref d, message, ref at);
    }

    private static int SkipQuestion(in Dissection d, int at)
    {
        at = DnsName.Skip(d, at);
        return at < 0 ? -1 : at + 4;
    }

    private static bool TryPrintQuery(ref Dissection d, in DnsMessage message)
    {
        int flags = message.Flags;
        d.Decimal((long)d.U16(message.At));
        d.Say(DnsType.OperationName(message.Operation));
        if ((flags & RecursionDesired) != 0)
            d.Say("+"u8);
        if ((flags & CheckingDisabled) != 0)
            d.Say("%"u8);
        if ((flags & 0x6cf) != 0)
        {
            d.Say(" [b2&3=0x"u8, (ulong)flags, 1);
            d.Say("]"u8);
        }
        bool isInverse = message.Operation == InverseQuery;
        if (isInverse && message.Questions != 0)
            d.Say(" ["u8, message.Questions, "q]"u8);
        if (message.Answers != (isInverse ? 1 : 0))
            d.Say(" ["u8, message.Answers, "a]"u8);
        if (!isInverse && message.Questions != 1)
            d.Say(" ["u8, message.Questions, "q]"u8);
        if (message.Authorities != 0)
            d.Say(" ["u8, message.Authorities, "n]"u8);
        if (message.Additional != 0)
            d.Say(" ["u8, message.Additional, "au]"u8);
        int at = message.At + HeaderLength;
        int left = message.Questions;
        d.BeginList("questions"u8);
        for (bool isFirst = true; left > 0 && (isFirst || at < d.End); left--, isFirst = false)
        {
            at = DnsQuestion.Print(ref d, at, message, default);
            if (at < 0)
                return false;
        }
        d.EndList();
        if (left > 0)
            return false;
        if (d.Verbosity <= 1)
            return true;
        return TryPrintSection(ref d, message, ref at, message.Answers, "answers"u8, default, mayBeginAtEnd: true)
            && TryPrintOthers(ref d, message, ref at);
    }

    private static bool TryPrintOthers(ref Dissection d, in DnsMessage message, ref int at) =>
        TryPrintSection(ref d, message, ref at, message.Authorities, "authorities"u8, " ns:"u8, mayBeginAtEnd: false)
        && TryPrintSection(ref d, message, ref at, message.Additional, "additional"u8, " ar:"u8, mayBeginAtEnd: false);

    private static bool TryPrintSection(
        ref Dissection d, in DnsMessage message, ref int at, int count, ReadOnlySpan<byte> name, ReadOnlySpan<byte> title, bool mayBeginAtEnd)
    {
        if (count == 0)
            return true;
        d.BeginList(name);
        bool isFirst = true;
        while (count > 0 && (at < d.End || (isFirst && mayBeginAtEnd)))
        {
            d.Say(isFirst ? title : ","u8);
            isFirst = false;
            at = DnsRecord.Print(ref d, at, message);
            if (at < 0)
                return false;
            count--;
        }
        d.EndList();
        return count == 0;
    }
}
