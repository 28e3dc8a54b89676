namespace Imker.Filter;

/// <summary>What a packet begins with: the header of Ethernet, a radio, a tunnel (the <c>DLT_</c> values of libpcap).</summary>
/// <param name="Value">The number on this system (<c>DLT_</c>). That in capture files is <see cref="FileValue"/>, which differs for a few.</param>
public readonly partial record struct LinkType(int Value)
{
    /// <summary>All known types, in the order of their numbers.</summary>
    public static IEnumerable<LinkType> All => Rows.Select(row => new LinkType(row.Value));

    /// <summary>As <c>tcpdump -y</c> takes it: <c>EN10MB</c>. A number for a type that is not known.</summary>
    public string Name => Find(Value) is { } row ? row.Name : Value.ToString();

    /// <summary>In words: <c>Ethernet</c>. <c>DLT 300</c> for a type that is not known.</summary>
    public string Description => Find(Value) is { } row ? row.Description : $"DLT {Value}";

    /// <summary>The number in pcap and pcapng files (<c>LINKTYPE_</c>).</summary>
    public int FileValue => Find(Value) is { } row ? row.FileValue : Value;

    public bool IsKnown => Find(Value) is not null;

    /// <summary>Finds a type by its name; letter case counts for nothing, and <c>DLT_</c> may stand before it.</summary>
    public static bool TryParse(string name, out LinkType type)
    {
        ArgumentNullException.ThrowIfNull(name);
        ReadOnlySpan<char> bare = name.StartsWith("DLT_", StringComparison.OrdinalIgnoreCase) ? name.AsSpan(4) : name;
        foreach (LinkTypeRow row in Rows)
        {
            if (bare.Equals(row.Name, StringComparison.OrdinalIgnoreCase))
            {
                type = new LinkType(row.Value);
                return true;
            }
        }
        type = default;
        return false;
    }

    /// <summary>The type that a capture file means by a number.</summary>
    public static LinkType FromFile(int fileValue)
    {
        foreach (LinkTypeRow row in Rows)
        {
            if (row.FileValue == fileValue)
                return new LinkType(row.Value);
        }
        return new LinkType(fileValue);
    }

    public override string ToString() => Name;

    private static LinkTypeRow? Find(int value)
    {
        foreach (LinkTypeRow row in Rows)
        {
            if (row.Value == value)
                return row;
        }
        return null;
    }
}
