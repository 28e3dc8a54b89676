namespace Imker.Capture.Dissection;

/// <summary>The options of a TCP header (RFC 9293, 7323, 2018, 7413, 5925, 8684 and others).</summary>
internal static class TcpOptions
{
    private const int HeaderLength = 20;

    private const byte
        End = 0,
        NoOperation = 1,
        MaximumSegment = 2,
        WindowScale = 3,
        SelectivePermitted = 4,
        Selective = 5,
        Echo = 6,
        EchoReply = 7,
        TimeStamp = 8,
        ConnectionCount = 11,
        ConnectionCountNew = 12,
        ConnectionCountEcho = 13,
        Signature = 19,
        SpaceCommunications = 20,
        UserTimeout = 28,
        Authentication = 29,
        Multipath = 30,
        FastOpen = 34,
        Experiment2 = 254;

    private const int SignatureLength = 16;

    /// <returns>False where the line ends with them: they were bad or cut.</returns>
    public static bool TryPrint(ref Dissection d, in TcpSegment segment, in TcpNumbers numbers)
    {
        d.Say(", options ["u8);
        d.BeginList("options"u8);
        int at = segment.At + HeaderLength;
        int left = segment.Header - HeaderLength;
        bool isFirst = true;
        TcpOptionOutcome outcome = TcpOptionOutcome.Good;
        while (left > 0)
        {
            if (!isFirst)
                d.Say(","u8);
            if (!TryReadLength(ref d, at, left, out byte kind, out int size, out outcome))
                break;
            d.BeginItem();
            outcome = Print(ref d, segment, numbers, kind, at, ref size, left);
            d.EndItem();
            if (outcome != TcpOptionOutcome.Good)
                break;
            isFirst = false;
            at += size;
            left -= size;
            if (kind == End)
                break;
        }
        d.EndList();
        if (outcome == TcpOptionOutcome.Good)
        {
            d.Say("]"u8);
            return true;
        }
        Fail(ref d, outcome, isFirst);
        return false;
    }

    private static void Fail(ref Dissection d, TcpOptionOutcome outcome, bool isFirst)
    {
        if (outcome == TcpOptionOutcome.Bad)
        {
            d.Say(isFirst ? "[bad opt]"u8 : "[bad opt]]"u8);
            return;
        }
        d.SayTruncated();
        if (!isFirst)
            d.Say(">"u8);
    }

    private static bool TryReadLength(ref Dissection d, int at, int left, out byte kind, out int size, out TcpOptionOutcome outcome)
    {
        kind = 0;
        size = 1;
        outcome = TcpOptionOutcome.Cut;
        if (!d.Require(at, 1))
            return false;
        kind = d.Packet[at];
        outcome = TcpOptionOutcome.Good;
        if (kind is End or NoOperation)
            return true;
        outcome = TcpOptionOutcome.Cut;
        if (!d.Require(at + 1, 1))
            return false;
        size = d.Packet[at + 1];
        outcome = size < 2 || size > left ? TcpOptionOutcome.Bad : TcpOptionOutcome.Good;
        return outcome == TcpOptionOutcome.Good;
    }

    private static TcpOptionOutcome Print(ref Dissection d, in TcpSegment segment, in TcpNumbers numbers, byte kind, int at, ref int size, int left)
    {
        ReadOnlySpan<byte> name = NameOf(kind);
        d.Note("kind"u8, kind);
        d.Note("name"u8, name);
        if (name.IsEmpty && kind != ConnectionCountEcho)
            d.Say("unknown-"u8, kind);
        else
            d.Say(name);
        int expected = ExpectedLength(kind, size);
        bool isOneByte = kind is End or NoOperation;
        // Each of the blocks is looked for when it is shown.
        int needed = kind is Selective or Authentication || (NameOf(kind).IsEmpty && kind != ConnectionCountEcho) ? 0 : expected;
        TcpOptionOutcome outcome = isOneByte ? TcpOptionOutcome.Good : Check(d, at + 2, needed, left - 2);
        if (outcome == TcpOptionOutcome.Good)
            outcome = PrintValue(ref d, segment, numbers, kind, at + 2, expected);
        int shown = isOneByte ? 1 : expected + 2;
        if (outcome == TcpOptionOutcome.Good && shown != size)
            d.Say("[len "u8, size, "]"u8);
        // Where the length cannot be the option's, tcpdump goes on behind what it has shown.
        size = shown;
        return outcome;
    }

    private static TcpOptionOutcome Check(in Dissection d, int at, int length, int left) =>
        length > left ? TcpOptionOutcome.Bad : d.Has(at, length) ? TcpOptionOutcome.Good : TcpOptionOutcome.Cut;

    private static int ExpectedLength(byte kind, int size) => kind switch
    {
        End or NoOperation or SelectivePermitted => 0,
        WindowScale => 1,
        MaximumSegment or SpaceCommunications or UserTimeout => 2,
        ConnectionCount or ConnectionCountNew or ConnectionCountEcho or Echo or EchoReply => 4,
        TimeStamp => 8,
        Signature => SignatureLength,
        _ => size - 2,
    };

    private static TcpOptionOutcome PrintValue(ref Dissection d, in TcpSegment segment, in TcpNumbers numbers, byte kind, int at, int length)
    {
        switch (kind)
        {
            case MaximumSegment:
                d.Number(" "u8, "value"u8, d.U16(at));
                break;
            case WindowScale:
                d.Number(" "u8, "value"u8, d.U8(at));
                break;
            case Selective:
                return TcpOptionValue.PrintSelective(ref d, at, length, numbers);
            case ConnectionCount or ConnectionCountNew or ConnectionCountEcho or Echo or EchoReply:
                d.Number(" "u8, "value"u8, d.U32(at));
                break;
            case TimeStamp:
                d.Number(" val "u8, "value"u8, d.U32(at));
                d.Number(" ecr "u8, "echo"u8, d.U32(at + 4));
                break;
            case Signature:
                d.Say(d.Has(segment.At + segment.Header, segment.PayloadLength)
                    ? " shared secret not supplied with -M, can't check - "u8
                    : " snaplen too short, can't check - "u8);
                d.HexBytes(d.Bytes(at, length));
                break;
            case SpaceCommunications:
                d.Say(" cap "u8, d.U8(at), 2);
                d.Say(" id "u8, d.U8(at + 1));
                break;
            case Authentication:
                return TcpOptionValue.PrintAuthentication(ref d, at, length);
            case UserTimeout:
                uint timeout = d.U16(at);
                d.Say(" 0x"u8, timeout, 1);
                d.Number(" "u8, "seconds"u8, (timeout & 1) != 0 ? (timeout >> 1) * 60 : timeout >> 1);
                break;
            case Multipath:
                return MultipathPrinter.TryPrint(ref d, at - 2, length + 2, segment.Flags) ? TcpOptionOutcome.Good : TcpOptionOutcome.Bad;
            case FastOpen:
                d.Say(" "u8);
                TcpOptionValue.PrintFastOpen(ref d, at, length);
                break;
            case Experiment2:
                return TcpOptionValue.PrintExperiment(ref d, at, length);
            case End or NoOperation or SelectivePermitted:
                break;
            default:
                return TcpOptionValue.PrintUnknown(ref d, at, length);
        }
        return TcpOptionOutcome.Good;
    }

    private static ReadOnlySpan<byte> NameOf(byte kind) => kind switch
    {
        End => "eol"u8,
        NoOperation => "nop"u8,
        MaximumSegment => "mss"u8,
        WindowScale => "wscale"u8,
        SelectivePermitted => "sackOK"u8,
        Selective => "sack"u8,
        Echo => "echo"u8,
        EchoReply => "echoreply"u8,
        TimeStamp => "TS"u8,
        ConnectionCount => "cc"u8,
        ConnectionCountNew => "ccnew"u8,
        Signature => "md5"u8,
        SpaceCommunications => "scps"u8,
        UserTimeout => "uto"u8,
        Authentication => "tcp-ao"u8,
        Multipath => "mptcp"u8,
        FastOpen => "tfo"u8,
        Experiment2 => "exp"u8,
        _ => default,
    };
}
