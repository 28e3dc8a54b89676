namespace Imker.Btf;

/// <summary>
/// Names as CO-RE compares them: a type of the program may carry a flavour, <c>task_struct___old</c>, to stand for a type of the
/// target under a name that is not taken (libbpf, <c>bpf_core_essential_name_len</c>).
/// </summary>
internal static class CoreName
{
    private const int SeparatorLength = 5;

    /// <summary>The name without its flavour. Three underscores, with something else on either side, begin one; the last counts.</summary>
    public static ReadOnlySpan<byte> Essential(ReadOnlySpan<byte> name)
    {
        for (int at = name.Length - SeparatorLength; at >= 0; at--)
        {
            if (IsSeparator(name.Slice(at, SeparatorLength)))
                return name[..(at + 1)];
        }
        return name;
    }

    public static bool AreSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => Essential(left).SequenceEqual(Essential(right));

    private static bool IsSeparator(ReadOnlySpan<byte> five) => five is [not (byte)'_', (byte)'_', (byte)'_', (byte)'_', not (byte)'_'];
}
