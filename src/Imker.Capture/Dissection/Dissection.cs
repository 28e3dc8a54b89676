using System.Buffers.Binary;
using Imker.Rendering;

namespace Imker.Capture.Dissection;

/// <summary>
/// One packet on its way through the protocols. The same code gives tcpdump's text and JSON's fields: what is said goes to the text, what
/// is named goes to the fields, and one of the two is there.
/// A read behind the captured bytes gives zero and stops the dissection: from then on nothing is said any more, so a protocol needs no
/// path of its own for a packet that was cut; loops ask <see cref="IsStopped"/>.
/// </summary>
internal ref partial struct Dissection
{
    /// <summary>Headers within headers; one packet cannot take the stack.</summary>
    private const int DeepestNesting = 200;

    private readonly Utf8Buffer output;
    private readonly FieldWriter? fields;
    private bool isSilent;
    private int depth;

    public Dissection(ReadOnlySpan<byte> packet, DissectionContext context, Utf8Buffer output, FieldWriter? fields)
    {
        Packet = packet;
        Context = context;
        End = packet.Length;
        this.output = output;
        this.fields = fields;
        isSilent = fields is not null;
    }

    public ReadOnlySpan<byte> Packet { get; }

    public DissectionContext Context { get; }

    /// <summary>Where what may be read ends: the captured bytes, or less inside a header that tells its length.</summary>
    public int End { get; private set; }

    /// <summary>Whose bytes are being read, as <c>[|tcp]</c> names it.</summary>
    public ReadOnlySpan<byte> Protocol
    {
        get;
        set
        {
            if (!IsStopped)
                field = value;
        }
    }

    /// <summary>Whether something was read that was not captured.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Bytes of the header that <c>-X</c> leaves out.</summary>
    public int LinkHeaderLength { get; set; }

    public readonly int Verbosity => Context.Verbosity;

    public readonly bool IsVerbose => Context.Verbosity > 0;

    /// <summary>Whether bytes are there from an offset on.</summary>
    public readonly bool Has(int at, int length) => length >= 0 && at >= 0 && at <= End - length;

    /// <summary>Bytes from an offset to the end; none behind it.</summary>
    public readonly int Left(int at) => Math.Max(0, End - at);

    /// <summary>Stops where bytes are missing.</summary>
    public bool Require(int at, int length)
    {
        if (Has(at, length))
            return !IsStopped;
        Stop();
        return false;
    }

    public void Stop()
    {
        IsStopped = true;
        isSilent = true;
    }

    /// <summary>For what tcpdump looks at before it reads it: that it was cut is said here, and the bytes of <c>-X</c> begin as of a whole packet.</summary>
    public void SayStop()
    {
        if (!IsStopped)
            return;
        IsStopped = false;
        isSilent = fields is not null;
        SayTruncated();
    }

    public byte U8(int at)
    {
        if ((uint)at < (uint)End)
            return Packet[at];
        Stop();
        return 0;
    }

    public ushort U16(int at) => Require(at, 2) ? BinaryPrimitives.ReadUInt16BigEndian(Packet[at..]) : (ushort)0;

    public ushort U16Little(int at) => Require(at, 2) ? BinaryPrimitives.ReadUInt16LittleEndian(Packet[at..]) : (ushort)0;

    public uint U24(int at) => Require(at, 3) ? (uint)(Packet[at] << 16 | Packet[at + 1] << 8 | Packet[at + 2]) : 0;

    public uint U32(int at) => Require(at, 4) ? BinaryPrimitives.ReadUInt32BigEndian(Packet[at..]) : 0;

    public ulong U64(int at) => Require(at, 8) ? BinaryPrimitives.ReadUInt64BigEndian(Packet[at..]) : 0;

    /// <summary>The bytes, or as many zeros where some of them are missing (at most 16).</summary>
    public ReadOnlySpan<byte> Bytes(int at, int length) =>
        Require(at, length) ? Packet.Slice(at, length) : "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"u8[..Math.Clamp(length, 0, 16)];

    /// <summary>Lets nothing be read behind <paramref name="end"/>; returns what to give to <see cref="RestoreEnd"/>.</summary>
    public int LimitEnd(int end)
    {
        int before = End;
        End = Math.Min(End, Math.Max(0, end));
        return before;
    }

    public void RestoreEnd(int end) => End = end;

    /// <summary>Enters a header inside another; where there are too many, says so and refuses.</summary>
    public bool TryNest()
    {
        if (depth >= DeepestNesting)
        {
            Say(" [nested too deep]"u8);
            return false;
        }
        depth++;
        return true;
    }

    public void Unnest() => depth--;
}
