using System.Collections.Immutable;
using System.Globalization;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>What stands behind the slash of a section's name.</summary>
internal enum SectionTarget
{
    /// <summary>Nothing: the program is loaded, and attached by whoever knows where.</summary>
    None,

    /// <summary><c>category/event</c></summary>
    Tracepoint,

    /// <summary><c>event</c></summary>
    RawTracepoint,

    /// <summary><c>path:symbol</c> or <c>path:symbol+offset</c></summary>
    Uprobe,

    /// <summary>As <see cref="Uprobe"/>, at the function's return.</summary>
    Uretprobe,

    /// <summary>What the program is typed by: <see cref="ProgramSpec.AttachTarget"/>.</summary>
    KernelType,
}

/// <summary>One kind of section of code: what its name says of the programs in it.</summary>
/// <param name="Name">The whole name, or what stands before the slash.</param>
/// <param name="Type">Of the programs.</param>
/// <param name="Attach">Their expected attach type.</param>
/// <param name="Target">What stands behind the slash.</param>
/// <param name="IsSleepable">The programs may sleep.</param>
internal sealed record SectionName(
    string Name, ProgramType Type, AttachType? Attach = null, SectionTarget Target = SectionTarget.None, bool IsSleepable = false)
{
    /// <summary>The section for a program with these attachments.</summary>
    /// <remarks>
    /// A name tells one attachment. A program that has several, or one that no name can tell, stands in the section without
    /// target: who loads it with libbpf attaches it himself.
    /// </remarks>
    public static string Of(ProgramSpec program, ImmutableArray<AttachSpec> attachments)
    {
        foreach (SectionName row in SectionNames.All)
        {
            if (row.IsFor(program) && row.TargetOf(program, attachments) is { } target)
                return $"{row.Name}/{target}";
        }
        SectionName? plain = SectionNames.All.FirstOrDefault(row => row.IsFor(program) && row.IsCalledBackwards(attachments))
            ?? SectionNames.All.FirstOrDefault(row => row.IsFor(program));
        return plain?.Name ?? "imker/" + KernelConstants.ProgramTypes.NameOf(program.Type);
    }

    /// <summary>The row of a section's name, and what stands behind the slash; null when no row has that name.</summary>
    public static (SectionName Row, string Target)? Find(string name)
    {
        SectionName? whole = SectionNames.All.FirstOrDefault(row => row.Name == name);
        if (whole is not null)
            return (whole, "");
        SectionName? row = SectionNames.All.FirstOrDefault(row =>
            row.Target != SectionTarget.None && name.Length > row.Name.Length + 1
            && name.StartsWith(row.Name, StringComparison.Ordinal) && name[row.Name.Length] == '/');
        return row is null ? null : (row, name[(row.Name.Length + 1)..]);
    }

    /// <summary>The attachment that a section's name tells; null when it tells none, or what stands behind the slash is malformed.</summary>
    public AttachSpec? AttachmentOf(string program, string target) => Target switch
    {
        SectionTarget.Tracepoint when target.Split('/') is [{ Length: > 0 } category, { Length: > 0 } name] =>
            new TracepointAttach(program, category, name) { DisplayName = $"tracepoint:{category}:{name}" },
        SectionTarget.RawTracepoint => new RawTracepointAttach(program, target) { DisplayName = $"rawtracepoint:{target}" },
        SectionTarget.Uprobe or SectionTarget.Uretprobe => ReadUprobe(program, target),
        _ => null,
    };

    private bool IsFor(ProgramSpec program) =>
        Type == program.Type && Attach == program.ExpectedAttachType && IsSleepable == program.IsSleepable;

    private bool IsCalledBackwards(ImmutableArray<AttachSpec> attachments) =>
        Target == SectionTarget.Uretprobe && attachments.FirstOrDefault() is UprobeAttach { IsReturn: true };

    private string? TargetOf(ProgramSpec program, ImmutableArray<AttachSpec> attachments) => (Target, attachments) switch
    {
        (SectionTarget.KernelType, _) => program.AttachTarget,
        (SectionTarget.Tracepoint, [TracepointAttach at]) => $"{at.Category}/{at.Event}",
        (SectionTarget.RawTracepoint, [RawTracepointAttach at]) => at.Event,
        (SectionTarget.Uprobe, [UprobeAttach { IsReturn: false, Targets: [{ Symbol: { } symbol } target] } at]) =>
            target.Offset == 0 ? $"{at.Binary}:{symbol}" : $"{at.Binary}:{symbol}+{target.Offset}",
        (SectionTarget.Uretprobe, [UprobeAttach { IsReturn: true, Targets: [{ Symbol: { } symbol, Offset: 0 }] } at]) => $"{at.Binary}:{symbol}",
        _ => null,
    };

    private UprobeAttach? ReadUprobe(string program, string target)
    {
        int colon = target.LastIndexOf(':');
        if (colon <= 0 || colon == target.Length - 1)
            return null;
        string binary = target[..colon], symbol = target[(colon + 1)..];
        ulong offset = 0;
        if (symbol.IndexOf('+') is > 0 and int plus)
        {
            if (!TryReadOffset(symbol.AsSpan(plus + 1), out offset))
                return null;
            symbol = symbol[..plus];
        }
        bool isReturn = Target == SectionTarget.Uretprobe;
        return new UprobeAttach(program, binary, [new UprobeTarget(symbol, offset, 0)], isReturn, null)
        {
            DisplayName = $"{(isReturn ? "uretprobe" : "uprobe")}:{target}",
        };
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out ulong offset) => text.StartsWith("0x")
        ? ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out offset)
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out offset);
}
