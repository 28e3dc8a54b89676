using System.Text;

namespace Imker.Capture;

/// <summary>What a <see cref="SocketWatch"/> keeps of a socket: the layout of a value of its map, in the machine's byte order.</summary>
internal readonly ref struct SocketRecord(ReadOnlySpan<byte> bytes)
{
    internal const int Size = 56;
    internal const int NamespaceOffset = 16, ReleasedOffset = 40, ListensOffset = 48;

    /// <summary><c>TCP_LISTEN</c>.</summary>
    internal const int StateListening = 10;

    private const int NameOffset = 24, NameSize = 16;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    internal int ProcessId => BitConverter.ToInt32(bytes);

    internal int ThreadId => BitConverter.ToInt32(bytes[4..]);

    internal ulong Cgroup => BitConverter.ToUInt64(bytes[8..]);

    /// <summary>The number of the network namespace (<c>bpf_get_netns_cookie</c>).</summary>
    internal ulong Namespace => BitConverter.ToUInt64(bytes[NamespaceOffset..]);

    /// <summary>Of the thread, as it was called then.</summary>
    internal string Name
    {
        get
        {
            ReadOnlySpan<byte> name = bytes.Slice(NameOffset, NameSize);
            int end = name.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
        }
    }

    /// <summary>Nanoseconds of the boot clock when it was closed; 0 while it is open.</summary>
    internal ulong Released => BitConverter.ToUInt64(bytes[ReleasedOffset..]);

    /// <summary>It has answered for connections to come, which others may hold.</summary>
    internal bool Listens => bytes[ListensOffset] != 0;
}
