namespace Imker.Elf;

/// <summary>Patterns of <c>*</c> and <c>?</c> over bytes.</summary>
public static class Wildcard
{
    // On a mismatch only the last star has to give way, so the time is at most pattern times text.
    /// <summary>Whether the whole text is what the pattern says.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, resume) = (p++, t);
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
                (p, t) = (p + 1, t + 1);
            else if (star >= 0)
                (p, t) = (star + 1, ++resume);
            else
                return false;
        }
        return pattern[p..].TrimStart((byte)'*').IsEmpty;
    }
}
