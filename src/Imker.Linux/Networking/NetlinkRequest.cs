using System.Buffers.Binary;
using System.Text;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>A request to rtnetlink(7) that changes something, built attribute by attribute and answered by an acknowledgement.</summary>
internal sealed unsafe class NetlinkRequest
{
    internal const ushort Create = 0x400, Exclusive = 0x200, Replace = 0x100;

    private const int HeaderSize = 16, AttributeHeaderSize = 4, Capacity = 2048, AnswerSize = 16 * 1024;
    private const ushort Request = 1, Acknowledge = 4, ErrorMessage = 2;
    private const ushort Nested = 0x8000;
    private const int LevelNetlink = 270, ExtendedAcknowledgement = 11;
    private const ushort FlagCapped = 0x100, FlagHasAttributes = 0x200, MessageAttribute = 1;

    private readonly byte[] bytes = new byte[Capacity];
    private readonly int bodySize;
    private int length;

    /// <param name="type">Such as <c>RTM_NEWROUTE</c>.</param>
    /// <param name="flags">Of <c>NLM_F_…</c>, beside request and acknowledgement.</param>
    /// <param name="bodySize">Bytes of the fixed part.</param>
    internal NetlinkRequest(ushort type, ushort flags, int bodySize)
    {
        this.bodySize = bodySize;
        BitConverter.TryWriteBytes(bytes.AsSpan(4), type);
        BitConverter.TryWriteBytes(bytes.AsSpan(6), (ushort)(Request | Acknowledge | flags));
        length = HeaderSize + bodySize;
    }

    /// <summary>The fixed part.</summary>
    internal Span<byte> Body => bytes.AsSpan(HeaderSize, bodySize);

    internal NetlinkRequest Add(ushort type, ReadOnlySpan<byte> value)
    {
        Span<byte> attribute = bytes.AsSpan(length);
        BitConverter.TryWriteBytes(attribute, (ushort)(AttributeHeaderSize + value.Length));
        BitConverter.TryWriteBytes(attribute[2..], type);
        value.CopyTo(attribute[AttributeHeaderSize..]);
        length = (length + AttributeHeaderSize + value.Length + 3) & ~3;
        return this;
    }

    internal NetlinkRequest Add(ushort type, int value) => Add(type, BitConverter.GetBytes(value));

    internal NetlinkRequest Add(ushort type, string text) => Add(type, CString.Bytes(text));

    /// <summary>Bytes that are no attribute, as the header that some nested attributes begin with.</summary>
    internal NetlinkRequest AddRaw(ReadOnlySpan<byte> value)
    {
        value.CopyTo(bytes.AsSpan(length));
        length = (length + value.Length + 3) & ~3;
        return this;
    }

    /// <summary>An attribute that consists of attributes.</summary>
    internal NetlinkRequest AddNested(ushort type, Action<NetlinkRequest> content)
    {
        int start = length;
        Add((ushort)(type | Nested), []);
        content(this);
        BitConverter.TryWriteBytes(bytes.AsSpan(start), (ushort)(length - start));
        return this;
    }

    /// <exception cref="BpfException">The kernel refuses it; ends with what it says itself.</exception>
    internal void Send(string doing, string call)
    {
        if (!TrySend(doing, out Errno error, out string? message))
            throw new BpfException(doing, call, error, message is null ? null : $"the kernel says: {message}");
    }

    /// <param name="error">The kernel's answer.</param>
    /// <param name="message">What it says about it; null for nothing.</param>
    /// <exception cref="BpfException">It could not even be asked.</exception>
    internal bool TrySend(string doing, out Errno error, out string? message)
    {
        int number = Libc.Socket(SocketConstants.FamilyNetlink, SocketConstants.TypeRaw | SocketConstants.CloseOnExec, SocketConstants.NetlinkRoute);
        using Descriptor socket = number >= 0 ? new Descriptor(number) : throw new BpfException(doing, "socket", Libc.LastError);
        using DescriptorUse use = socket.Use();
        int yes = 1;
        _ = Libc.SetSocketOption(use.Number, LevelNetlink, ExtendedAcknowledgement, &yes, sizeof(int));
        BitConverter.TryWriteBytes(bytes, length);
        fixed (byte* pointer = bytes)
        {
            if (Libc.Send(use.Number, pointer, (nuint)length, 0) < 0)
                throw new BpfException(doing, "netlink", Libc.LastError);
        }
        return ReadAcknowledgement(use.Number, doing, out error, out message);
    }

    private static bool ReadAcknowledgement(int socket, string doing, out Errno error, out string? message)
    {
        byte[] answer = new byte[AnswerSize];
        nint count;
        fixed (byte* pointer = answer)
        {
            while ((count = Libc.Receive(socket, pointer, (nuint)answer.Length, 0)) < 0)
            {
                if (Libc.LastError != Errno.Interrupted)
                    throw new BpfException(doing, "netlink", Libc.LastError);
            }
        }
        message = null;
        ReadOnlySpan<byte> bytes = answer.AsSpan(0, (int)count);
        if (bytes.Length < HeaderSize + sizeof(int) + HeaderSize || BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) != ErrorMessage)
            throw new BpfException(doing, "netlink", Errno.Invalid, "the kernel's answer is no acknowledgement");
        error = new Errno(-BitConverter.ToInt32(bytes[HeaderSize..]));
        message = FindMessage(bytes);
        return error == Errno.None;
    }

    // struct nlmsgerr: the error, the request's header, its body unless capped, then attributes.
    private static string? FindMessage(ReadOnlySpan<byte> answer)
    {
        int flags = BitConverter.ToUInt16(answer[6..]), requested = BitConverter.ToInt32(answer[(HeaderSize + sizeof(int))..]);
        int attributes = HeaderSize + sizeof(int) + ((flags & FlagCapped) != 0 ? HeaderSize : (requested + 3) & ~3);
        if ((flags & FlagHasAttributes) == 0 || requested < HeaderSize || attributes > answer.Length)
            return null;
        foreach (NetlinkAttribute attribute in new NetlinkAttributes(answer[attributes..]))
        {
            if (attribute.Type == MessageAttribute)
                return Encoding.UTF8.GetString(attribute.Value.TrimEnd((byte)0));
        }
        return null;
    }
}
