using System.Globalization;

namespace Imker.Objects;

/// <summary>What stands behind the slash of a section's name, read and written.</summary>
internal static class SectionTargets
{
    private const string Wildcards = "*?";

    /// <summary>The attachment that is meant; null when the text is malformed.</summary>
    public static AttachSpec? Read(SectionName section, string program, string target)
    {
        AttachSpec? attachment = section.Target switch
        {
            SectionTarget.Tracepoint when target.Split('/') is [{ Length: > 0 } category, { Length: > 0 } name] =>
                new TracepointAttach(program, category, name) { DisplayName = $"tracepoint:{category}:{name}" },
            SectionTarget.RawTracepoint => new RawTracepointAttach(program, target) { DisplayName = $"rawtracepoint:{target}" },
            SectionTarget.Kprobe when TryReadPlace(target, out string symbol, out ulong offset) => new KprobeAttach(program, symbol, offset, IsReturn: false),
            SectionTarget.Kretprobe when !target.Contains('+') => new KprobeAttach(program, target, 0, IsReturn: true),
            SectionTarget.KprobeMulti or SectionTarget.KretprobeMulti =>
                new KprobeMultiAttach(program, target, section.Target == SectionTarget.KretprobeMulti),
            SectionTarget.Ksyscall or SectionTarget.Kretsyscall => new KsyscallAttach(program, target, section.Target == SectionTarget.Kretsyscall),
            SectionTarget.Uprobe or SectionTarget.Uretprobe => ReadUprobe(section.Target == SectionTarget.Uretprobe, program, target),
            SectionTarget.Usdt when target.Split(':') is [{ Length: > 0 } binary, { Length: > 0 } provider, { Length: > 0 } name] =>
                new UsdtAttach(program, binary, provider, name),
            SectionTarget.KernelType => new TypedAttach(program),
            _ => null,
        };
        return attachment is { DisplayName.Length: 0 }
            ? attachment with { DisplayName = $"{section.Name.Split('.')[0]}:{target}" }
            : attachment;
    }

    /// <summary>The text for an attachment; null when no text can say it.</summary>
    public static string? Write(SectionName section, AttachSpec attachment) => (section.Target, attachment) switch
    {
        (SectionTarget.Tracepoint, TracepointAttach at) => $"{at.Category}/{at.Event}",
        (SectionTarget.RawTracepoint, RawTracepointAttach at) => at.Event,
        _ when IsReturn(section.Target) != IsReturn(attachment) => null,
        (SectionTarget.Kprobe or SectionTarget.Kretprobe, KprobeAttach at) => at.Offset == 0 ? at.Symbol : $"{at.Symbol}+{at.Offset}",
        (SectionTarget.KprobeMulti or SectionTarget.KretprobeMulti, KprobeMultiAttach at) => at.Pattern,
        (SectionTarget.Ksyscall or SectionTarget.Kretsyscall, KsyscallAttach at) => at.Name,
        (SectionTarget.Uprobe, UprobeAttach { Targets: [{ Symbol: { } symbol } target] } at) =>
            target.Offset == 0 ? $"{at.Binary}:{symbol}" : $"{at.Binary}:{symbol}+{target.Offset}",
        (SectionTarget.Uretprobe, UprobeAttach { Targets: [{ Symbol: { } symbol, Offset: 0 }] } at) => $"{at.Binary}:{symbol}",
        (SectionTarget.Uprobe or SectionTarget.Uretprobe, UprobePatternAttach at) => $"{at.Binary}:{at.Pattern}",
        (SectionTarget.Usdt, UsdtAttach at) => $"{at.Binary}:{at.Provider}:{at.Name}",
        _ => null,
    };

    private static bool IsReturn(SectionTarget target) => target is SectionTarget.Kretprobe or SectionTarget.KretprobeMulti
        or SectionTarget.Kretsyscall or SectionTarget.Uretprobe;

    private static bool IsReturn(AttachSpec attachment) => attachment is KprobeAttach { IsReturn: true } or KprobeMultiAttach { IsReturn: true }
        or KsyscallAttach { IsReturn: true } or UprobeAttach { IsReturn: true } or UprobePatternAttach { IsReturn: true };

    private static AttachSpec? ReadUprobe(bool isReturn, string program, string target)
    {
        int colon = target.LastIndexOf(':');
        if (colon <= 0 || colon == target.Length - 1)
            return null;
        string binary = target[..colon], place = target[(colon + 1)..];
        string display = $"{(isReturn ? "uretprobe" : "uprobe")}:{target}";
        if (place.AsSpan().ContainsAny(Wildcards))
            return new UprobePatternAttach(program, binary, place, isReturn) { DisplayName = display };
        if (!TryReadPlace(place, out string symbol, out ulong offset))
            return null;
        return new UprobeAttach(program, binary, [new UprobeTarget(symbol, offset, 0)], isReturn, null) { DisplayName = display };
    }

    private static bool TryReadPlace(string text, out string symbol, out ulong offset)
    {
        (symbol, offset) = (text, 0);
        int plus = text.IndexOf('+');
        if (plus < 0)
            return text.Length > 0;
        symbol = text[..plus];
        return plus > 0 && TryReadOffset(text.AsSpan(plus + 1), out offset);
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out ulong offset) => text.StartsWith("0x")
        ? ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out offset)
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out offset);
}
