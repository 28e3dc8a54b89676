namespace Imker.Capture.Dissection;

/// <summary>What of a GRE packet is still to be read.</summary>
internal struct GreHeader(int at, int left)
{
    public int At { get; private set; } = at;

    public int Left { get; private set; } = left;

    /// <summary>Steps over a field; false where it is not all there.</summary>
    public bool TryTake(in Dissection d, int size, out int field)
    {
        field = At;
        if (!d.Has(At, size) || Left < size)
            return false;
        At += size;
        Left -= size;
        return true;
    }
}
