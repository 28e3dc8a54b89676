namespace Imker.Filter.Syntax;

/// <summary>The names that only one keyword knows: types of frames, reasons of a firewall.</summary>
internal static class WordTables
{
    /// <summary>The bits of the first byte of an IEEE 802.11 frame that tell its type, and those that tell its subtype.</summary>
    public const uint WlanTypeMask = 0x0c, WlanSubtypeMask = 0xf0;

    private const uint Management = 0x00, Control = 0x04, Data = 0x08;

    // IEEE 802.2: the low bits of the control byte tell supervisory and unnumbered frames; in the latter one bit asks for an answer.
    private const uint LlcFormatMask = 0x03, LlcSupervisoryMask = 0x0f, LlcUnnumberedMask = 0xef;

    public static (string Name, uint Value)[] WlanTypes { get; } =
        [("data", Data), ("mgt", Management), ("management", Management), ("ctl", Control), ("control", Control)];

    public static (string Name, uint Value)[] WlanDirections { get; } = [("nods", 0), ("tods", 1), ("fromds", 2), ("dstods", 3)];

    private static readonly (string Name, uint Value)[] ManagementSubtypes =
    [
        ("assocreq", 0x00),
        ("assoc-req", 0x00),
        ("assocresp", 0x10),
        ("assoc-resp", 0x10),
        ("reassocreq", 0x20),
        ("reassoc-req", 0x20),
        ("reassocresp", 0x30),
        ("reassoc-resp", 0x30),
        ("probereq", 0x40),
        ("probe-req", 0x40),
        ("proberesp", 0x50),
        ("probe-resp", 0x50),
        ("beacon", 0x80),
        ("atim", 0x90),
        ("disassoc", 0xa0),
        ("disassociation", 0xa0),
        ("auth", 0xb0),
        ("authentication", 0xb0),
        ("deauth", 0xc0),
        ("deauthentication", 0xc0),
    ];

    private static readonly (string Name, uint Value)[] ControlSubtypes =
    [
        ("bar", 0x80),
        ("ba", 0x90),
        ("ps-poll", 0xa0),
        ("rts", 0xb0),
        ("cts", 0xc0),
        ("ack", 0xd0),
        ("cf-end", 0xe0),
        ("cf-end-ack", 0xf0),
    ];

    private static readonly (string Name, uint Value)[] DataSubtypes =
    [
        ("data", 0x00),
        ("data-cf-ack", 0x10),
        ("data-cf-poll", 0x20),
        ("data-cf-ack-poll", 0x30),
        ("null", 0x40),
        ("cf-ack", 0x50),
        ("cf-poll", 0x60),
        ("cf-ack-poll", 0x70),
        ("qos-data", 0x80),
        ("qos-data-cf-ack", 0x90),
        ("qos-data-cf-poll", 0xa0),
        ("qos-data-cf-ack-poll", 0xb0),
        ("qos", 0xc0),
        ("qos-cf-poll", 0xe0),
        ("qos-cf-ack-poll", 0xf0),
    ];

    /// <summary>The subtypes of all types, each with the bits of its type.</summary>
    public static (string Name, uint Value)[] WlanSubtypes { get; } =
    [
        .. ManagementSubtypes.Select(entry => (entry.Name, entry.Value | Management)),
        .. ControlSubtypes.Select(entry => (entry.Name, entry.Value | Control)),
        .. DataSubtypes.Select(entry => (entry.Name, entry.Value | Data)),
    ];

    /// <summary>Why OpenBSD's packet filter logged a packet (<c>PFRES_</c>).</summary>
    public static (string Name, uint Value)[] FirewallReasons { get; } =
    [
        ("match", 0x00),
        ("bad-offset", 0x01),
        ("fragment", 0x02),
        ("short", 0x03),
        ("normalize", 0x04),
        ("memory", 0x05),
        ("bad-timestamp", 0x06),
        ("congestion", 0x07),
        ("ip-option", 0x08),
        ("proto-cksum", 0x09),
        ("state-mismatch", 0x0a),
        ("state-insert", 0x0b),
        ("state-limit", 0x0c),
        ("src-limit", 0x0d),
        ("synproxy", 0x0e),
    ];

    /// <summary>What it did with it (<c>PF_PASS</c> and so on).</summary>
    public static (string Name, uint Value)[] FirewallActions { get; } =
    [
        ("pass", 0x00),
        ("accept", 0x00),
        ("drop", 0x01),
        ("block", 0x01),
        ("scrub", 0x02),
        ("noscrub", 0x03),
        ("nat", 0x04),
        ("nonat", 0x05),
        ("binat", 0x06),
        ("nobinat", 0x07),
        ("rdr", 0x08),
        ("nordr", 0x09),
        ("synproxy-drop", 0x0a),
    ];

    // linux/batadv_packet.h, and for version 14 that of Linux 3.10.
    private static readonly (string Name, uint Value)[] BatmanTypes14 =
    [
        ("iv_ogm", 0x01), ("icmp", 0x02), ("unicast", 0x03), ("bcast", 0x04), ("vis", 0x05),
        ("unicast_frag", 0x06), ("tt_query", 0x07), ("roam_adv", 0x08), ("unicast_4addr", 0x09), ("coded", 0x0a),
    ];

    private static readonly (string Name, uint Value)[] BatmanTypes15 =
    [
        ("iv_ogm", 0x00), ("bcast", 0x01), ("coded", 0x02), ("elp", 0x03), ("ogm2", 0x04), ("mcast", 0x05),
        ("unicast", 0x40), ("unicast_frag", 0x41), ("unicast_4addr", 0x42), ("icmp", 0x43), ("unicast_tvlv", 0x44),
    ];

    private static readonly (string Name, LlcFormat Format)[] LlcFormats =
    [
        ("i", new(0x00, 0x01)),
        ("s", new(0x01, LlcFormatMask)),
        ("u", new(0x03, LlcFormatMask)),
        ("rr", new(0x01, LlcSupervisoryMask)),
        ("rnr", new(0x05, LlcSupervisoryMask)),
        ("rej", new(0x09, LlcSupervisoryMask)),
        ("ui", new(0x03, LlcUnnumberedMask)),
        ("ua", new(0x63, LlcUnnumberedMask)),
        ("disc", new(0x43, LlcUnnumberedMask)),
        ("dm", new(0x0f, LlcUnnumberedMask)),
        ("sabme", new(0x6f, LlcUnnumberedMask)),
        ("test", new(0xe3, LlcUnnumberedMask)),
        ("xid", new(0xaf, LlcUnnumberedMask)),
        ("frmr", new(0x87, LlcUnnumberedMask)),
    ];

    public static IEnumerable<string> LlcNames => LlcFormats.Select(entry => entry.Name);

    /// <summary>The subtypes that a type of frames has; none for a type that is reserved.</summary>
    public static (string Name, uint Value)[] WlanSubtypesOf(uint type) => type switch
    {
        Management => ManagementSubtypes,
        Control => ControlSubtypes,
        Data => DataSubtypes,
        _ => [],
    };

    /// <summary>The types of packets of a version of B.A.T.M.A.N. Advanced; none for a version that is not known.</summary>
    public static (string Name, uint Value)[] BatmanTypesOf(uint version) => version switch
    {
        14 => BatmanTypes14,
        15 => BatmanTypes15,
        _ => [],
    };

    public static LlcFormat? LlcFormatOf(string name)
    {
        foreach (var (known, format) in LlcFormats)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
                return format;
        }
        return null;
    }
}
