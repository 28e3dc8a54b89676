using System.Collections.Immutable;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Syntax;

namespace Imker.Script.Binding;

internal sealed partial class ProbeResolver
{
    private void ResolveUprobe(AttachPointSyntax point, bool isReturn)
    {
        ImmutableArray<string> parts = Expand(point);
        bool isCpp = parts.Length == 4 && parts[2] == "cpp";
        if (parts.Length != 3 && !isCpp || parts[1].Length == 0 || parts[^1].Length == 0)
        {
            BadForm(point, "expected an executable or library and a function");
            return;
        }
        if (isCpp || parts[1].Contains('@') || parts[1].Contains('!') || IsPattern(parts[1]))
        {
            string what = isCpp ? "names of C++ functions" : IsPattern(parts[1]) ? "wildcards in the name of the executable" : "places given by file and line, or inside of archives,";
            diagnostics.Error(BindErrorId.NotSupported, point.Span, $"{what} are not supported yet in this version");
            return;
        }
        if (facts.FindBinary(parts[1], options.ProcessId) is not { } binary)
        {
            Missing(point.Parts[1].Span, $"there is no executable or library '{Lexer.Shorten(parts[1])}'",
                "give a path, a program found through PATH, or a library as in 'libc' or 'libssl.so.3'");
            return;
        }
        ResolveFunctions(point, binary, parts[^1], isReturn);
    }

    private void ResolveFunctions(AttachPointSyntax point, string binary, string function, bool isReturn)
    {
        if (IsPattern(function))
        {
            int before = points.Count;
            foreach (string name in Matches(function, facts.Functions(binary)))
                AddUprobe(point, binary, name, name, 0, isReturn);
            if (points.Count == before)
                Missing(point.Parts[^1].Span, $"{binary} has no function that matches '{Lexer.Shorten(function)}'");
            return;
        }
        if (function.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || char.IsAsciiDigit(function[0]))
        {
            if (isReturn || !IntegerLiteral.TryParse(function, out ulong place, out _))
                BadForm(point, isReturn ? "a return is of a function, not of a place in it" : $"'{Lexer.Shorten(function)}' is no offset");
            else
                AddUprobe(point, binary, function, null, place, isReturn);
            return;
        }
        int plus = point.Parts[^1].Pieces.Any(piece => piece.IsQuoted) ? -1 : function.LastIndexOf('+');
        ulong offset = 0;
        if (plus > 0 && (!IntegerLiteral.TryParse(function.AsSpan(plus + 1), out offset, out _) || isReturn && offset != 0))
        {
            BadForm(point, isReturn ? "a return is of a function, not of a place in it" : $"'{Lexer.Shorten(function.AsSpan(plus + 1))}' is no offset");
            return;
        }
        string symbol = plus > 0 ? function[..plus] : function;
        binary = WhereItMoved(point, binary, symbol);
        if (facts.FindFunction(binary, symbol) is not { } target)
        {
            Missing(point.Parts[^1].Span,
                $"{binary} has no function '{Lexer.Shorten(symbol)}'{Spelling.Suggestion(symbol, facts.Functions(binary))}");
        }
        else if (target.Size > 0 && offset >= target.Size)
        {
            diagnostics.Error(BindErrorId.OutOfRange, point.Parts[^1].Span, $"the function '{symbol}' has only {target.Size} bytes");
        }
        else
        {
            AddUprobe(point, binary, function, symbol, offset, isReturn);
        }
    }

    /// <summary>glibc 2.34 moved the functions of these libraries into libc and left them empty; scripts still name them.</summary>
    private string WhereItMoved(AttachPointSyntax point, string binary, string symbol)
    {
        bool isEmptied = EmptiedLibraries.Any(name => Path.GetFileName(binary).StartsWith(name + ".so", StringComparison.Ordinal));
        if (!isEmptied || facts.FindFunction(binary, symbol) is not null ||
            facts.FindBinary("libc", options.ProcessId) is not { } libc || facts.FindFunction(libc, symbol) is null)
            return binary;
        diagnostics.Warning(BindErrorId.NoSuchProbe, point.Parts[1].Span, $"{binary} has no function '{symbol}': it is traced in {libc}, where it is now",
            "name 'libc' in the script");
        return libc;
    }

    private static readonly string[] EmptiedLibraries = ["libpthread", "libdl", "librt", "libutil", "libanl"];

    private void AddUprobe(AttachPointSyntax point, string binary, string shown, string? symbol, ulong offset, bool isReturn) =>
        points.Add(new ResolvedPoint($"{(isReturn ? "uretprobe" : "uprobe")}:{binary}:{shown}", symbol,
            new UprobeAttach("", binary, [new UprobeTarget(symbol, offset, 0)], isReturn, options.ProcessId) { Span = point.Span }));
}
