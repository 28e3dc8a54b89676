namespace Imker.Capture;

/// <summary>What a gzip file (RFC 1952) unpacks to: its members one after the other, each checked by its length and checksum.</summary>
internal sealed class GzipStream : Stream
{
    private const int Deflate = 8;
    private const uint HasChecksum = 2, HasExtra = 4, HasName = 8, HasComment = 16, Reserved = 0xe0;

    private readonly DeflateBits bits;
    private readonly Inflater inflater;
    private byte[] unpacked = [];
    private int start, end;
    private uint checksum, length;
    private bool hasMember;

    /// <param name="input">At the beginning of the packed file.</param>
    internal GzipStream(CaptureInput input)
    {
        bits = new DeflateBits(input);
        inflater = new Inflater(bits);
        ReadHeader();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    internal static bool IsMagic(ReadOnlySpan<byte> bytes) => bytes is [0x1f, 0x8b, ..];

    /// <exception cref="CaptureFileException">The file is cut or damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (start == end)
        {
            if (!hasMember && !TryBeginMember())
                return 0;
            Unpack();
        }
        int count = Math.Min(buffer.Length, end - start);
        unpacked.AsSpan(start, count).CopyTo(buffer);
        start += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            bits.Input.Dispose();
        base.Dispose(disposing);
    }

    private void Unpack()
    {
        ReadOnlySpan<byte> more = inflater.Next();
        if (more.IsEmpty)
        {
            CheckTrailer();
            return;
        }
        checksum = Crc32.Append(checksum, more);
        length += (uint)more.Length;
        if (unpacked.Length < more.Length)
            unpacked = new byte[more.Length];
        more.CopyTo(unpacked);
        (start, end) = (0, more.Length);
    }

    // What follows a member and is none is ignored, as gzip does: tapes and disks pad.
    private bool TryBeginMember()
    {
        if (!bits.HasMore || bits.Take(8) != 0x1f || !bits.HasMore || bits.Take(8) != 0x8b)
            return false;
        ReadRestOfHeader();
        return true;
    }

    private void ReadHeader()
    {
        bits.Take(16);
        ReadRestOfHeader();
    }

    private void ReadRestOfHeader()
    {
        if (bits.Take(8) != Deflate)
            throw bits.Damaged("it is not packed by deflate");
        uint flags = bits.Take(8);
        if ((flags & Reserved) != 0)
            throw bits.Damaged("its header has flags that are not known");
        // Time, flags of the packer, system.
        bits.Take(32);
        bits.Take(16);
        if ((flags & HasExtra) != 0)
        {
            for (uint left = bits.Take(16); left > 0; left--)
                bits.Take(8);
        }
        if ((flags & HasName) != 0)
            SkipText();
        if ((flags & HasComment) != 0)
            SkipText();
        if ((flags & HasChecksum) != 0)
            bits.Take(16);
        inflater.Reset();
        (checksum, length, hasMember) = (0, 0, true);
    }

    private void SkipText()
    {
        while (bits.Take(8) != 0)
        {
        }
    }

    private void CheckTrailer()
    {
        bits.SkipToByte();
        if (bits.Take(32) != checksum)
            throw bits.Damaged("its checksum is another one");
        if (bits.Take(32) != length)
            throw bits.Damaged("its length is another one");
        hasMember = false;
    }
}
