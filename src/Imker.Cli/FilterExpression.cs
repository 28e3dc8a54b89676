using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Imker.Diagnostics;
using Imker.Filter;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Cli;

/// <summary>A filter as the command line gives it: words, or a file.</summary>
internal static class FilterExpression
{
    /// <param name="words">Joined by blanks.</param>
    /// <param name="file">Of <c>-F</c>; the words count for nothing then. Null for none.</param>
    public static SourceText Read(IReadOnlyList<string> words, string? file) => file is null
        ? new SourceText("filter", string.Join(' ', words))
        : new SourceText(file, WithoutRemarks(SourceEncoding.Decode(ScriptFile.Read(file))));

    /// <summary>Compiles a filter with the names of this system.</summary>
    /// <exception cref="DiagnosticException">It is wrong.</exception>
    public static PacketFilter Compile(SourceText source, LinkType linkType, FilterOptions options) =>
        PacketFilter.TryCompile(source, linkType, WithNames(options), out PacketFilter? filter, out ImmutableArray<Diagnostic> diagnostics)
            ? filter : throw new DiagnosticException(diagnostics);

    /// <summary>A filter's eBPF program as assembly, with labels.</summary>
    /// <exception cref="DiagnosticException">The filter is wrong, or asks what such a program cannot know.</exception>
    public static string FormatExtended(SourceText source, LinkType linkType, FilterOptions options, FilterTarget target)
    {
        var extended = new ExtendedFilterOptions { Target = target };
        if (!PacketFilter.TryCompileExtended(source, linkType, WithNames(options), extended, facts: null, out BpfObject? compiled, out ImmutableArray<Diagnostic> diagnostics))
            throw new DiagnosticException(diagnostics);
        return FilterListing.Format(compiled.Programs[0].Entry.Instructions);
    }

    /// <exception cref="UsageException">There is no such kind of program.</exception>
    public static FilterTarget ParseTarget(string? name) => name switch
    {
        null or "socket" => FilterTarget.SocketFilter,
        "tc" => FilterTarget.TrafficControl,
        "xdp" => FilterTarget.Xdp,
        _ => throw new UsageException($"--type takes socket, tc or xdp, not '{name}'"),
    };

    /// <exception cref="UsageException">There is no such type.</exception>
    public static LinkType ParseLinkType(string name) => LinkType.TryParse(name, out LinkType type)
        ? type
        : throw new UsageException($"there is no link-layer type '{name}'{Spelling.Suggestion(name, LinkType.All.Select(known => known.Name))}; imker filter -L lists them");

    /// <summary>The bytes that <c>-s</c> means: 0 is the default, as in tcpdump.</summary>
    /// <param name="given">Null when it was not given.</param>
    /// <exception cref="UsageException">It is no number, or more than 262144.</exception>
    public static uint SnapLength(string? given)
    {
        if (given is null)
            return FilterOptions.DefaultSnapLength;
        if (!uint.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out uint length) || length > FilterOptions.DefaultSnapLength)
            throw new UsageException($"-s takes a number of bytes from 0 to {FilterOptions.DefaultSnapLength}; it cannot be '{given}'");
        return length == 0 ? FilterOptions.DefaultSnapLength : length;
    }

    private static FilterOptions WithNames(FilterOptions options) => options with { Names = options.Names ?? new NetworkNameFiles() };

    // A remark reaches from '#' to the end of its line; blanks in its place keep the columns of messages right.
    private static string WithoutRemarks(string text)
    {
        var cleaned = new StringBuilder(text);
        bool isRemark = false;
        for (int i = 0; i < cleaned.Length; i++)
        {
            isRemark = cleaned[i] != '\n' && (isRemark || cleaned[i] == '#');
            if (isRemark)
                cleaned[i] = ' ';
        }
        return cleaned.ToString();
    }
}
