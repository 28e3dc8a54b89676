namespace Imker.Capture.Dissection;

/// <summary>The authentication option of DHCPv6 (RFC 3315 section 21).</summary>
internal static class Dhcp6Authentication
{
    private const byte Delayed = 2, Reconfigure = 3;
    private const int FixedLength = 11;

    public static void Print(ref Dissection d, int at, int length)
    {
        byte protocol = d.U8(at), algorithm = d.U8(at + 1), detection = d.U8(at + 2);
        d.NameOr(protocol switch { Delayed => " proto: delayed"u8, Reconfigure => " proto: reconfigure"u8, _ => default }, " proto: "u8, protocol);
        d.NameOr(algorithm == 1 ? ", alg: HMAC-MD5"u8 : default, ", alg: "u8, algorithm);
        d.NameOr(detection == 0 ? ", RDM: mono"u8 : default, ", RDM: "u8, detection);
        d.Say(", RD:"u8);
        for (int i = 0; i < 4; i++)
            d.Say(" "u8, d.U16(at + 3 + 2 * i), 4);
        int value = at + FixedLength, left = length - FixedLength;
        switch (protocol)
        {
            case Delayed when left == 0:
                break;
            case Delayed when left >= 20:
                PrintDelayed(ref d, value, left - 20);
                break;
            case Reconfigure when left == 17:
                PrintReconfigure(ref d, value);
                break;
            default:
                d.Say(" ??"u8);
                break;
        }
    }

    private static void PrintDelayed(ref Dissection d, int at, int realm)
    {
        if (realm > 0)
            d.Say(", realm: "u8);
        d.HexBytes(d.Packet.Slice(at, realm));
        at += realm;
        d.Say(", key ID: "u8, d.U32(at), 8);
        d.Say(", HMAC-MD5:"u8);
        for (int i = 1; i <= 4; i++)
            d.Say(" "u8, d.U32(at + 4 * i), 8);
    }

    private static void PrintReconfigure(ref Dissection d, int at)
    {
        d.Say(d.U8(at) switch { 1 => " reconfig-key"u8, 2 => " type: HMAC-MD5"u8, _ => " type: ??"u8 });
        d.Say(" value:"u8);
        for (int i = 0; i < 4; i++)
            d.Say(" "u8, d.U32(at + 1 + 4 * i), 8);
    }
}
