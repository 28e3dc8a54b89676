namespace Imker.Hosting;

/// <summary>
/// Where a reading in batches stands. One cursor serves one reading at a time and any number of readings after each other, which then
/// allocate nothing.
/// </summary>
public sealed class MapCursor
{
    private byte[] token = [];

    /// <summary>Whether there is nothing behind what was read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Whether something was read since the beginning.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Goes back to the beginning.</summary>
    public void Reset() => HasBegun = IsAtEnd = false;

    /// <summary>What the host remembers of the place: at least so many bytes, kept from one call to the next.</summary>
    public Span<byte> Token(int least)
    {
        if (token.Length < least)
            Array.Resize(ref token, least);
        return token;
    }

    /// <summary>Called by the host when it has read a batch.</summary>
    /// <param name="isAtEnd">It was the last.</param>
    public void Advance(bool isAtEnd) => (HasBegun, IsAtEnd) = (true, isAtEnd);
}
