namespace Imker.Linux;

/// <summary>An attribute of a netlink message.</summary>
internal readonly ref struct NetlinkAttribute(ushort type, ReadOnlySpan<byte> value)
{
    internal ushort Type { get; } = type;

    internal ReadOnlySpan<byte> Value { get; } = value;
}

/// <summary>Walks over <c>struct rtattr</c>s: length and type of two bytes each, the value, padding to four bytes.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> bytes)
{
    private const int HeaderSize = 4;
    private const int TypeMask = 0x3fff;

    private ReadOnlySpan<byte> rest = bytes;

    public NetlinkAttribute Current { get; private set; }

    public readonly NetlinkAttributes GetEnumerator() => this;

    public bool MoveNext()
    {
        if (rest.Length < HeaderSize)
            return false;
        int length = BitConverter.ToUInt16(rest);
        if (length < HeaderSize || length > rest.Length)
            return false;
        Current = new NetlinkAttribute((ushort)(BitConverter.ToUInt16(rest[2..]) & TypeMask), rest[HeaderSize..length]);
        rest = rest[Math.Min(rest.Length, (length + 3) & ~3)..];
        return true;
    }
}
