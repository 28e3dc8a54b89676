namespace Imker.Filter.Generation;

/// <summary>Where a header begins in a packet: a constant, and perhaps a part that the program computes and keeps in a scratch cell.</summary>
/// <param name="Constant">The constant part.</param>
/// <param name="IsVariable">Whether there is another.</param>
/// <param name="Cell">Its cell; -1 while none was needed.</param>
internal record struct AbsoluteOffset(uint Constant, bool IsVariable = false, int Cell = -1)
{
    /// <summary>The link-layer type has no such thing.</summary>
    public const uint NotSet = uint.MaxValue;
}
