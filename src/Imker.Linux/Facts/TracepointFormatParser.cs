using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>
/// Reads <c>format</c> files of tracefs: a line <c>ID: n</c> and lines such as
/// <c>field:__data_loc char[] name; offset:8; size:4; signed:0;</c>.
/// </summary>
internal static class TracepointFormatParser
{
    // A context is one page at most (PERF_MAX_TRACE_SIZE is 8192).
    private const int LargestOffset = 1 << 16;

    /// <summary>False when the text has no id or a field that makes no sense.</summary>
    internal static bool TryParse(string category, string name, string text, [NotNullWhen(true)] out TracepointFormat? format)
    {
        format = null;
        int id = -1;
        ImmutableArray<TracepointField>.Builder fields = ImmutableArray.CreateBuilder<TracepointField>();
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.Trim();
            if (line.StartsWith("print fmt:"))
                break;
            if (line.StartsWith("ID:") && !int.TryParse(line[3..], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out id))
                return false;
            if (!line.StartsWith("field:"))
                continue;
            if (ParseField(line) is not { } field)
                return false;
            fields.Add(field);
        }
        if (id < 0)
            return false;
        format = new TracepointFormat(category, name, id, fields.ToImmutable());
        return true;
    }

    private static TracepointField? ParseField(ReadOnlySpan<char> line)
    {
        ReadOnlySpan<char> declaration = default;
        int offset = -1, size = -1, signed = 0;
        foreach (Range range in line.Split(';'))
        {
            ReadOnlySpan<char> part = line[range].Trim();
            if (part.StartsWith("field:"))
                declaration = part[6..].Trim();
            else if (!part.IsEmpty && !TryReadNumber(part, "offset:", ref offset) && !TryReadNumber(part, "size:", ref size)
                && !TryReadNumber(part, "signed:", ref signed))
                return null;
        }
        return offset is < 0 or > LargestOffset || size is < 0 or > LargestOffset
            ? null
            : ParseDeclaration(declaration, offset, size, signed != 0);
    }

    private static bool TryReadNumber(ReadOnlySpan<char> part, string key, ref int value) =>
        part.StartsWith(key) && int.TryParse(part[key.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out value);

    // The name is the last word; an array's bounds stand behind it (`char comm[16]`), for data elsewhere behind the type (`char[] name`).
    private static TracepointField? ParseDeclaration(ReadOnlySpan<char> declaration, int offset, int size, bool isSigned)
    {
        DataLocation location = TakeLocation(ref declaration);
        int length = 0;
        if (location == DataLocation.Inline && declaration.EndsWith("]"))
        {
            int bracket = declaration.IndexOf('[');
            if (bracket < 0)
                return null;
            // Older kernels write some bounds as a constant's name (`char comm[TASK_COMM_LEN]`), all of them of byte arrays.
            if (!int.TryParse(declaration[(bracket + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out length))
                length = size;
            declaration = declaration[..bracket].TrimEnd();
        }
        int start = declaration.LastIndexOfAny(' ', '*') + 1;
        if (start == 0 || start == declaration.Length)
            return null;
        string type = declaration[..start].TrimEnd().ToString().Replace("[]", "", StringComparison.Ordinal);
        return new TracepointField(declaration[start..].ToString(), type, offset, size, isSigned, length, location);
    }

    private static DataLocation TakeLocation(ref ReadOnlySpan<char> declaration)
    {
        const string FromContext = "__data_loc ", FromField = "__rel_loc ";
        if (declaration.StartsWith(FromContext))
        {
            declaration = declaration[FromContext.Length..];
            return DataLocation.FromContext;
        }
        if (declaration.StartsWith(FromField))
        {
            declaration = declaration[FromField.Length..];
            return DataLocation.FromField;
        }
        return DataLocation.Inline;
    }
}
