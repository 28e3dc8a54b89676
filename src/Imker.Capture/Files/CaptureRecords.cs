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

    /// <summary>Moves to the next packet that passes; false behind the last, and when the budget is used up.</summary>
    /// <param name="filters">Null where all packets pass.</param>
    /// <param name="budget">At most so many packets are looked at; what is left of it.</param>
    /// <exception cref="CaptureFileException">What comes next is no packet.</exception>
    internal abstract bool TryRead(CaptureFilters? filters, scoped ref int budget, out CapturedPacket packet);
}
