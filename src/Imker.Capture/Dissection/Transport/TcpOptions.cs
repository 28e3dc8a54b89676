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
    private const ushort FastOpenMagic = 0xf989;

    private enum Outcome
    {
        Good,
        Bad,
        Cut,
    }

    /// <returns>False where the line ends with them: they were bad or cut.</returns>
    public static bool TryPrint(ref Dissection d, in TcpSegment segment, in TcpNumbers numbers)
    {
        d.Say(", options ["u8);
        d.BeginList("options"u8);
        int at = segment.At + HeaderLength;
        int left = segment.Header - HeaderLength;
        bool isFirst = true;
        Outcome outcome = Outcome.Good;
        while (left > 0)
        {
            if (!isFirst)
                d.Say(","u8);
            if (!TryReadLength(ref d, at, left, out byte kind, out int size, out outcome))
                break;
            d.BeginItem();
            outcome = Print(ref d, segment, numbers, kind, at, ref size, left);
            d.EndItem();
            if (outcome != Outcome.Good)
                break;
            isFirst = false;
            at += size;
            left -= size;
            if (kind == End)
                break;
        }
        d.EndList();
        if (outcome == Outcome.Good)
        {
            d.Say("]"u8);
            return true;
        }
        Fail(ref d, outcome, isFirst);
        return false;
    }

    private static void Fail(ref Dissection d, Outcome outcome, bool isFirst)
    {
        if (outcome == Outcome.Bad)
        {
            d.Say(isFirst ? "[bad opt]"u8 : "[bad opt]]"u8);
            return;
        }
        d.SayTruncated();
        if (!isFirst)
            d.Say(">"u8);
    }

    private static bool TryReadLength(ref Dissection d, int at, int left, out byte kind, out int size, out Outcome outcome)
    {
        kind = 0;
        size = 1;
        outcome = Outcome.Cut;
        if (!d.Require(at, 1))
            return false;
        kind = d.Packet[at];
        outcome = Outcome.Good;
        if (kind is End or NoOperation)
            return true;
        outcome = Outcome.Cut;
        if (!d.Require(at + 1, 1))
            return false;
        size = d.Packet[at + 1];
        outcome = size < 2 || size > left ? Outcome.Bad : Outcome.Good;
        return outcome == Outcome.Good;
    }

    private static Outcome Print(ref Dissection d, in TcpSegment segment, in TcpNumbers numbers, byte kind, int at, ref int size, int left)
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
        int needed = kind == Selective ? 0 : expected;
        Outcome outcome = isOneByte ? Outcome.Good : Check(d, at + 2, needed, left - 2);
        if (outcome == Outcome.Good)
            outcome = PrintValue(ref d, segment, numbers, kind, at + 2, expected);
        int shown = isOneByte ? 1 : expected + 2;
        if (outcome == Outcome.Good && shown != size)
            d.Say("[len "u8, size, "]"u8);
        // Where the length cannot be the option's, tcpdump goes on behind what it has shown.
        size = shown;
        return outcome;
    }

    private static Outcome Check(in Dissection d, int at, int length, int left) =>
        length > left ? Outcome.Bad : d.Has(at, length) ? Outcome.Good : Outcome.Cut;

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

    private static Outcome PrintValue(ref Dissection d, in TcpSegment segment, in TcpNumbers numbers, byte kind, int at, int length)
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
                return PrintSelective(ref d, at, length, numbers);
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
                PrintAuthentication(ref d, at, length);
                break;
            case UserTimeout:
                uint timeout = d.U16(at);
                d.Say(" 0x"u8, timeout, 1);
                d.Number(" "u8, "seconds"u8, (timeout & 1) != 0 ? (timeout >> 1) * 60 : timeout >> 1);
                break;
            case Multipath:
                return MultipathPrinter.TryPrint(ref d, at - 2, length + 2, segment.Flags) ? Outcome.Good : Outcome.Bad;
            case FastOpen:
                d.Say(" "u8);
                PrintFastOpen(ref d, at, length);
                break;
            case Experiment2:
                return PrintExperiment(ref d, at, length);
            case End or NoOperation or SelectivePermitted:
                break;
            default:
                PrintUnknown(ref d, at, length);
                break;
        }
        return Outcome.Good;
    }

    private static void PrintUnknown(ref Dissection d, int at, int length)
    {
        if (length == 0)
            return;
        d.NoteBytes("value"u8, d.Packet.Slice(at, length));
        d.Say(" 0x"u8);
        d.HexBytes(d.Packet.Slice(at, length));
    }

    private static Outcome PrintSelective(ref Dissection d, int at, int length, in TcpNumbers numbers)
    {
        if (length % 8 != 0)
        {
            d.Say(" invalid sack"u8);
            return Outcome.Good;
        }
        d.Say(" "u8, length / 8, " "u8);
        d.BeginList("blocks"u8);
        for (int i = 0; i < length; i += 8)
        {
            if (!d.Has(at + i, 8))
                return Outcome.Cut;
            uint first = d.U32(at + i), last = d.U32(at + i + 4);
            d.BeginItem();
            d.Note("left"u8, first);
            d.Note("right"u8, last);
            d.EndItem();
            d.Say("{"u8, first - numbers.SelectiveBase, ":"u8);
            d.Say(default, last - numbers.SelectiveBase, "}"u8);
        }
        d.EndList();
        return Outcome.Good;
    }

    private static void PrintAuthentication(ref Dissection d, int at, int length)
    {
        if (length < 2)
        {
            d.SayInvalid();
            return;
        }
        d.Number(" keyid "u8, "key_id"u8, d.U8(at));
        d.Number(" rnextkeyid "u8, "next_key_id"u8, d.U8(at + 1));
        if (length == 2)
            return;
        d.Say(" mac 0x"u8);
        d.HexBytes(d.Packet.Slice(at + 2, length - 2));
    }

    private static void PrintFastOpen(ref Dissection d, int at, int length)
    {
        if (length == 0)
        {
            d.Say(" cookiereq"u8);
            return;
        }
        if (length % 2 != 0 || length is < 4 or > 16)
        {
            d.SayInvalid();
            return;
        }
        d.Say(" cookie "u8);
        d.NoteBytes("cookie"u8, d.Packet.Slice(at, length));
        d.HexBytes(d.Packet.Slice(at, length));
    }

    private static Outcome PrintExperiment(ref Dissection d, int at, int length)
    {
        if (length < 2)
            return Outcome.Bad;
        d.Say("-"u8);
        ushort magic = d.U16(at);
        if (magic == FastOpenMagic)
        {
            d.Say("tfo"u8);
            PrintFastOpen(ref d, at + 2, length - 2);
        }
        else
        {
            d.Hex(magic, 4);
        }
        return Outcome.Good;
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
