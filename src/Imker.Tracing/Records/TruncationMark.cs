using System.Text;
using Imker.Objects;

namespace Imker.Tracing.Records;

/// <summary>
/// Tells texts that were cut: those that fill the room which a script's texts have by default (<c>max_strlen</c>). Where a script or a
/// type names another length, that is what was asked for.
/// </summary>
/// <param name="maxStringLength">That room in bytes, the NUL included.</param>
/// <param name="trailer">What stands behind a text that was cut, a character for each byte (<c>str_trunc_trailer</c>).</param>
internal sealed class TruncationMark(int maxStringLength, string trailer)
{
    private readonly byte[] trailer = Encoding.Latin1.GetBytes(trailer);

    /// <summary>What is to be shown behind a text; empty when it is whole.</summary>
    public ReadOnlySpan<byte> Behind(StringData type, ReadOnlySpan<byte> text) =>
        type.Size == maxStringLength && text.Length >= maxStringLength - 1 ? trailer : [];
}
