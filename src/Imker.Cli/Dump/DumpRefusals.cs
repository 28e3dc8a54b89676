namespace Imker.Cli;

/// <summary>Options of tcpdump that <c>imker dump</c> knows and does not have: each says why, and what serves instead.</summary>
internal static class DumpRefusals
{
    public static IReadOnlyList<DumpOption> All { get; } =
    [
        Flag('I', "monitor-mode", "cannot switch an interface to monitor mode: 'iw dev NAME set type monitor' does, and -I is not needed then"),
        Flag('b', null, "cannot show AS numbers in ASDOT notation: BGP is not taken apart, only its length is shown"),
        Flag('f', null, "cannot tell foreign addresses from local ones: -n shows all of them as numbers. No server is asked for names, so nothing waits"),
        Flag('H', null, "cannot look for 802.11s mesh headers: the frames of radio networks are not taken apart"),
        Flag('u', null, "cannot show NFS handles: NFS is not taken apart"),
        Option('E', "SECRET", "cannot decrypt ESP: packets are shown as they were captured"),
        Option('M', "SECRET", "cannot check TCP-MD5 digests: no secret is taken"),
        Option('T', "TYPE", "cannot read packets as another protocol than their ports tell"),
        Option('m', "MODULE", "cannot load SMI MIB modules: SNMP is not taken apart"),
    ];

    private static DumpOption Flag(char letter, string? name, string reason) => new(letter, name, null, "", (_, _) => throw Refusal(letter, reason));

    private static DumpOption Option(char letter, string value, string reason) => new(letter, null, value, "", (_, _) => throw Refusal(letter, reason));

    private static UsageException Refusal(char letter, string reason) => new($"-{letter}: {reason}");
}
