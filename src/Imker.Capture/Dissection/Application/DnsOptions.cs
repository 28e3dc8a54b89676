namespace Imker.Capture.Dissection;

/// <summary>What an OPT record tells besides its size (RFC 6891).</summary>
internal static class DnsOptions
{
    private const int
        Algorithms = 5,
        DelegationHashes = 6,
        DenialHashes = 7,
        Subnet = 8,
        Expire = 9,
        Cookie = 10,
        KeepAlive = 11,
        Padding = 12,
        Chain = 13,
        KeyTag = 14;

    public static void Print(ref Dissection d, int at, int length, int message)
    {
        int end = at + length;
        if (at >= end)
            return;
        d.Say(" ["u8);
        d.BeginList("options"u8);
        while (at < end && !d.IsStopped)
        {
            int kind = d.U16(at);
            d.BeginItem();
            d.Note("kind"u8, kind);
            d.NameOr(NameOf(kind), "Opt"u8, kind);
            int size = d.U16(at + 2);
            at += 4;
            if (size > 0 && d.Require(at, size))
            {
                d.NoteBytes("value"u8, d.Packet.Slice(at, size));
                d.Say(" "u8);
                PrintValue(ref d, kind, at, size, message);
            }
            d.EndItem();
            at += size;
            if (at < end)
                d.Say(","u8);
        }
        d.EndList();
        d.Say("]"u8);
    }

    private static void PrintValue(ref Dissection d, int kind, int at, int size, int message)
    {
        switch (kind)
        {
            case Algorithms or DelegationHashes or DenialHashes:
                PrintAlgorithms(ref d, kind, at, size);
                break;
            case Subnet:
                PrintSubnet(ref d, at, size);
                break;
            case Expire when size == 4:
                d.Say(default, d.U32(at), " sec"u8);
                break;
            case KeepAlive when size == 2:
                int tenths = d.U16(at);
                d.Say(default, tenths / 10, "."u8);
                d.Say(default, tenths % 10, " sec"u8);
                break;
            case Cookie when size is 8 or (>= 16 and <= 40):
                d.HexBytes(d.Packet.Slice(at, 8));
                if (size > 8)
                    d.Say(" "u8);
                d.HexBytes(d.Packet.Slice(at + 8, size - 8));
                break;
            case Padding:
                d.Say("("u8, size, ")"u8);
                break;
            case Chain:
                DnsName.Print(ref d, at, message);
                break;
            case KeyTag when size % 2 == 0:
                for (int i = 0; i < size; i += 2)
                    d.Say(i > 0 ? " "u8 : default, d.U16(at + i));
                break;
            case Expire or KeepAlive or Cookie or KeyTag:
                d.SayInvalid();
                break;
            default:
                d.HexBytes(d.Packet.Slice(at, size));
                break;
        }
    }

    private static void PrintAlgorithms(ref Dissection d, int kind, int at, int size)
    {
        for (int i = 0; i < size; i++)
        {
            if (i > 0)
                d.Say(" "u8);
            byte algorithm = d.U8(at + i);
            ReadOnlySpan<byte> name = kind switch
            {
                Algorithms => AlgorithmName(algorithm),
                DelegationHashes => HashName(algorithm),
                _ => algorithm == 1 ? "SHA-1"u8 : default,
            };
            d.NameOr(name, "Alg_"u8, algorithm);
        }
    }

    // RFC 7871.
    private static void PrintSubnet(ref Dissection d, int at, int size)
    {
        int family = size >= 4 ? d.U16(at) : 0;
        int bits = size >= 4 ? d.U8(at + 2) : 0;
        int longest = family switch { 1 => 4, 2 => 16, _ => 0 };
        int bytes = (bits + 7) / 8;
        if (longest == 0 || bytes > longest || bytes != size - 4)
        {
            d.SayInvalid();
            return;
        }
        Span<byte> address = stackalloc byte[16];
        address.Clear();
        d.Packet.Slice(at + 4, bytes).CopyTo(address);
        if (longest == 4)
            d.Ip4Number(address[..4]);
        else
            d.Ip6Number(address);
        d.Say("/"u8, bits, "/"u8);
        d.Decimal((long)d.U8(at + 3));
    }

    private static ReadOnlySpan<byte> NameOf(int kind) => kind switch
    {
        1 => "LLQ"u8,
        2 => "UL"u8,
        3 => "NSID"u8,
        Algorithms => "DAU"u8,
        DelegationHashes => "DHU"u8,
        DenialHashes => "N3U"u8,
        Subnet => "ECS"u8,
        Expire => "EXPIRE"u8,
        Cookie => "COOKIE"u8,
        KeepAlive => "KEEPALIVE"u8,
        Padding => "PADDING"u8,
        Chain => "CHAIN"u8,
        KeyTag => "KEY-TAG"u8,
        16 => "CLIENT-TAG"u8,
        17 => "SERVER-TAG"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> AlgorithmName(byte algorithm) => algorithm switch
    {
        0 => "DELETE"u8,
        1 => "RSAMD5"u8,
        2 => "DH"u8,
        3 => "DS"u8,
        5 => "RSASHA1"u8,
        6 => "DSA-NSEC3-SHA1"u8,
        7 => "RSASHA1-NSEC3-SHA1"u8,
        8 => "RSASHA256"u8,
        10 => "RSASHA512"u8,
        12 => "ECC-GOST"u8,
        13 => "ECDSAP256SHA256"u8,
        14 => "ECDSAP384SHA384"u8,
        15 => "ED25519"u8,
        16 => "ED448"u8,
        252 => "INDIRECT"u8,
        253 => "PRIVATEDNS"u8,
        254 => "PRIVATEOID"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> HashName(byte algorithm) => algorithm switch
    {
        1 => "SHA-1"u8,
        2 => "SHA-256"u8,
        3 => "GOST_R_34.11-94"u8,
        4 => "SHA-384"u8,
        _ => default,
    };
}
