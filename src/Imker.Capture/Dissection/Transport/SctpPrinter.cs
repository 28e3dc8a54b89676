namespace Imker.Capture.Dissection;

/// <summary>Stream Control Transmission Protocol (RFC 9260), chunk by chunk.</summary>
internal static class SctpPrinter
{
    private const int HeaderLength = 12;
    private const int ChunkHeader = 4;
    private const byte Data = 0, Init = 1, InitAck = 2, SelectiveAck = 3;
    private const int SmallestInit = 16, SmallestSack = 12;

    public static void Print(ref Dissection d, in IpHeader ip, int at, int length)
    {
        d.Protocol = "sctp"u8;
        if (length < HeaderLength)
        {
            d.Say("truncated-sctp - "u8, HeaderLength - length, " bytes missing!"u8);
            return;
        }
        if (!d.Has(at, HeaderLength))
        {
            d.SayTruncated();
            return;
        }
        int source = d.U16(at), destination = d.U16(at + 2);
        d.Layer("sctp"u8);
        d.Note("source_port"u8, source);
        d.Note("destination_port"u8, destination);
        d.Note("verification_tag"u8, d.U32(at + 4));
        TransportAddresses.Host(ref d, ip, isSource: true);
        d.Say("."u8, source, " > "u8);
        TransportAddresses.Host(ref d, ip, isSource: false);
        d.Say("."u8, destination, ": sctp"u8);
        PrintChunks(ref d, at + HeaderLength, length - HeaderLength);
    }

    private static void PrintChunks(ref Dissection d, int at, int left)
    {
        d.BeginList("chunks"u8);
        for (int number = 1; left > 0 && !d.IsStopped; number++)
        {
            if (left < ChunkHeader)
            {
                SayNumber(ref d, number);
                d.Say("[chunk descriptor cut off at end of packet]"u8);
                return;
            }
            if (!d.Has(at, ChunkHeader))
            {
                d.SayTruncated();
                return;
            }
            int size = d.U16(at + 2);
            if (size < ChunkHeader)
            {
                SayNumber(ref d, number);
                d.Say("[Bad chunk length "u8, size, ", < size of chunk descriptor]"u8);
                return;
            }
            int padding = -size & 3;
            if (left < padding)
            {
                SayNumber(ref d, number);
                d.Say("[Bad chunk length "u8, size, ", > remaining data in packet]"u8);
                return;
            }
            if (!d.Has(at, size))
            {
                d.SayTruncated();
                return;
            }
            SayNumber(ref d, number);
            d.BeginItem();
            bool isGood = TryPrintChunk(ref d, at, size);
            d.EndItem();
            if (!isGood)
                return;
            if (padding > 0 && !d.Has(at + size, padding))
            {
                d.SayTruncated();
                return;
            }
            at += size + padding;
            left -= size + padding;
        }
        d.EndList();
    }

    private static void SayNumber(ref Dissection d, int number)
    {
        d.Say(d.Verbosity >= 2 ? "\n\t"u8 : number == 1 ? " ("u8 : ", ("u8, number, ") "u8);
    }

    private static bool TryPrintChunk(ref Dissection d, int at, int size)
    {
        byte type = d.U8(at);
        int body = at + ChunkHeader, left = size - ChunkHeader;
        d.Note("type"u8, type);
        d.Note("type_name"u8, TypeName(type));
        d.Say("["u8);
        d.NameOrHex(TypeName(type), "Unknown chunk type: 0x"u8, type, 1);
        d.Say("] "u8);
        return type switch
        {
            Data => SctpData.TryPrint(ref d, at, size),
            Init or InitAck => TryPrintInit(ref d, body, left, size),
            SelectiveAck => TryPrintSack(ref d, body, left, size),
            _ => true,
        };
    }

    private static bool TryPrintInit(ref Dissection d, int at, int left, int size)
    {
        if (left < SmallestInit)
            return SayBogus(ref d, size);
        d.Number("[init tag: "u8, "init_tag"u8, d.U32(at));
        d.Number("] [rwnd: "u8, "receiver_window"u8, d.U32(at + 4));
        d.Number("] [OS: "u8, "outbound_streams"u8, d.U16(at + 8));
        d.Number("] [MIS: "u8, "inbound_streams"u8, d.U16(at + 10));
        d.Number("] [init TSN: "u8, "initial_tsn"u8, d.U32(at + 12));
        d.Say("] "u8);
        return true;
    }

    private static bool TryPrintSack(ref Dissection d, int at, int left, int size)
    {
        if (left < SmallestSack)
            return SayBogus(ref d, size);
        uint acknowledged = d.U32(at);
        int gaps = d.U16(at + 8), duplicates = d.U16(at + 10);
        d.Number("[cum ack "u8, "cumulative_ack"u8, acknowledged);
        d.Number("] [a_rwnd "u8, "receiver_window"u8, d.U32(at + 4));
        d.Say("] [#gap acks "u8, gaps);
        d.Say("] [#dup tsns "u8, duplicates, "] "u8);
        at += SmallestSack;
        left -= SmallestSack;
        d.BeginList("gaps"u8);
        for (int i = 1; i <= gaps && left != 0; i++, at += 4, left -= 4)
        {
            if (left < 4)
                return SayBogus(ref d, size);
            d.BeginItem();
            d.Say("\n\t\t[gap ack block #"u8, i);
            d.Number(": start = "u8, "start"u8, acknowledged + d.U16(at));
            d.Number(", end = "u8, "end"u8, acknowledged + d.U16(at + 2));
            d.Say("] "u8);
            d.EndItem();
        }
        d.EndList();
        for (int i = 1; i <= duplicates && left != 0; i++, at += 4, left -= 4)
        {
            if (left < 4)
                return SayBogus(ref d, size);
            d.Say("\n\t\t[dup TSN #"u8, i);
            d.Say(": "u8, d.U32(at), "] "u8);
        }
        return true;
    }

    public static bool SayBogus(ref Dissection d, int size)
    {
        d.Say("bogus chunk length "u8, size, "]"u8);
        return false;
    }

    private static ReadOnlySpan<byte> TypeName(byte type) => type switch
    {
        Data => "DATA"u8,
        Init => "INIT"u8,
        InitAck => "INIT ACK"u8,
        SelectiveAck => "SACK"u8,
        0x04 => "HB REQ"u8,
        0x05 => "HB ACK"u8,
        0x06 => "ABORT"u8,
        0x07 => "SHUTDOWN"u8,
        0x08 => "SHUTDOWN ACK"u8,
        0x09 => "OP ERR"u8,
        0x0a => "COOKIE ECHO"u8,
        0x0b => "COOKIE ACK"u8,
        0x0c => "ECN ECHO"u8,
        0x0d => "ECN CWR"u8,
        0x0e => "SHUTDOWN COMPLETE"u8,
        0xc0 => "FOR CUM TSN"u8,
        0xc1 => "REL CTRL"u8,
        0xc2 => "REL CTRL ACK"u8,
        _ => default,
    };
}
