namespace Imker.Capture;

/// <summary>The packets of a file of one format.</summary>
internal abstract class CaptureRecords
{
    internal abstract CaptureFileFormat Format { get; }

    /// <summary>The DLT value of the first interface.</summary>
    internal abstract int LinkType { get; }

    internal abstract int SnapLength { get; }

    /// <summary>Whether time stamps can be finer than a microsecond.</summary>
    internal abstract bool HasNanoseconds { get; }

    /// <summary>Whether the file is in the other byte order than this machine's.</summary>
    internal abstract bool IsSwapped { get; }

    /// <summary>What the upper half of the file's link-type word says of frame check sequences; 0 where it says nothing.</summary>
    internal virtual uint FrameCheckBits => 0;

    /// <summary>Moves on; false behind the last packet.</summary>
    /// <exception cref="CaptureFileException">What comes next is no packet.</exception>
    internal abstract bool TryRead(out CapturedPacket packet);
}
