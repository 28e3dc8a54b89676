namespace Imker.Capture.Dissection;

/// <summary>A chunk of user data (RFC 9260 section 3.3.1).</summary>
internal static class SctpData
{
    private const int ChunkHeader = 4, DataHeader = 12;
    private const int Last = 1, First = 2, Unordered = 4;

    public static bool TryPrint(ref Dissection d, int at, int size)
    {
        byte flags = d.U8(at + 1);
        if ((flags & Unordered) != 0)
            d.Say("(U)"u8);
        if ((flags & First) != 0)
            d.Say("(B)"u8);
        if ((flags & Last) != 0)
            d.Say("(E)"u8);
        if ((flags & (Unordered | First | Last)) != 0)
            d.Say(" "u8);
        int body = at + ChunkHeader;
        if (size < ChunkHeader + DataHeader)
            return SctpPrinter.SayBogus(ref d, size);
        uint protocol = d.U32(body + 8);
        d.Number("[TSN: "u8, "tsn"u8, d.U32(body));
        d.Number("] [SID: "u8, "stream"u8, d.U16(body + 4));
        d.Number("] [SSEQ "u8, "stream_sequence"u8, d.U16(body + 6));
        d.Note("payload_protocol"u8, protocol);
        d.Say("] [PPID "u8);
        d.NameOrHex(PayloadName(protocol), "0x"u8, protocol, 1);
        d.Say("] "u8);
        int payload = size - ChunkHeader - DataHeader;
        d.Note("payload_length"u8, payload);
        if (payload == 0)
            return SctpPrinter.SayBogus(ref d, size);
        if (d.Verbosity < 2)
            return true;
        d.Say("[Payload"u8);
        if (!d.Context.HidesUnknown)
            d.Say(":"u8);
        d.Unknown(body + DataHeader, payload);
        d.Say("]"u8);
        return true;
    }

    private static ReadOnlySpan<byte> PayloadName(uint protocol) => protocol switch
    {
        1 => "ISDN Q.921"u8,
        2 => "M2UA"u8,
        3 => "M3UA"u8,
        4 => "SUA"u8,
        5 => "M2PA"u8,
        6 => "V5.2"u8,
        7 => "H.248"u8,
        8 => "BICC"u8,
        9 => "TALI"u8,
        10 => "DUA"u8,
        11 => "ASAP"u8,
        12 => "ENRP"u8,
        13 => "H.323"u8,
        14 => "Q.IPC"u8,
        15 => "SIMCO"u8,
        16 => "DDPSC"u8,
        17 => "DDPSSC"u8,
        18 => "S1AP"u8,
        19 => "RUA"u8,
        20 => "HNBAP"u8,
        21 => "ForCES HP"u8,
        22 => "ForCES MP"u8,
        23 => "ForCES LP"u8,
        24 => "SBc-AP"u8,
        25 => "NBAP"u8,
        27 => "X2AP"u8,
        _ => default,
    };
}
