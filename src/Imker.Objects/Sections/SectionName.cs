using System.Collections.Immutable;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>One kind of section of code: what its name says of the programs in it.</summary>
/// <param name="Name">The whole name, or what stands before the slash.</param>
/// <param name="Type">Of the programs.</param>
/// <param name="Attach">Their expected attach type.</param>
/// <param name="Target">What stands behind the slash.</param>
/// <param name="IsSleepable">The programs may sleep.</param>
/// <param name="TakesFragments">The programs take packets of several pieces.</param>
internal sealed record SectionName(
    string Name, ProgramType Type, AttachType? Attach = null, SectionTarget Target = SectionTarget.None, bool IsSleepable = false,
    bool TakesFragments = false)
{
    /// <summary>The section for a program with these attachments.</summary>
    /// <remarks>
    /// A name tells one attachment. A program that has several, or one that no name can tell, stands in the section without
    /// target: who loads it with libbpf attaches it himself.
    /// </remarks>
    public static string Of(ProgramSpec program, ImmutableArray<AttachSpec> attachments)
    {
        string mark = program.IsAutoLoaded ? "" : "?";
        foreach (SectionName row in SectionNames.All)
        {
            if (row.IsFor(program) && row.TargetOf(program, attachments) is { } target)
                return $"{mark}{row.Name}/{target}";
        }
        SectionName? plain = SectionNames.All.FirstOrDefault(row => row.IsFor(program) && row.IsKindOf(attachments))
            ?? SectionNames.All.FirstOrDefault(row => row.IsFor(program));
        return mark + (plain?.Name ?? "imker/" + KernelConstants.ProgramTypes.NameOf(program.Type));
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

    /// <summary>The attachment that a section's name tells; null when what stands behind the slash is malformed.</summary>
    public AttachSpec? AttachmentOf(string program, string target) => SectionTargets.Read(this, program, target);

    /// <summary>Whether a program of this section need not say more to be attached.</summary>
    public bool TellsAttachment(string target) => target.Length > 0 && Target switch
    {
        SectionTarget.None or SectionTarget.StructOps => false,
        // A program that replaces another's function is attached to that program, and one for a cgroup's hooks to a cgroup.
        SectionTarget.KernelType => Type is ProgramType.Tracing || Attach == AttachType.LsmMac,
        _ => true,
    };

    private bool IsFor(ProgramSpec program) => Type == program.Type && Attach == program.ExpectedAttachType
        && IsSleepable == program.IsSleepable && TakesFragments == program.TakesFragments;

    private bool IsKindOf(ImmutableArray<AttachSpec> attachments) => attachments.FirstOrDefault() switch
    {
        UprobeAttach { IsReturn: var isReturn } => Target == (isReturn ? SectionTarget.Uretprobe : SectionTarget.Uprobe),
        UprobePatternAttach { IsReturn: var isReturn } => Target == (isReturn ? SectionTarget.Uretprobe : SectionTarget.Uprobe),
        KprobeAttach { IsReturn: var isReturn } => Target == (isReturn ? SectionTarget.Kretprobe : SectionTarget.Kprobe),
        KprobeMultiAttach { IsReturn: var isReturn } => Target == (isReturn ? SectionTarget.KretprobeMulti : SectionTarget.KprobeMulti),
        KsyscallAttach { IsReturn: var isReturn } => Target == (isReturn ? SectionTarget.Kretsyscall : SectionTarget.Ksyscall),
        UsdtAttach => Target == SectionTarget.Usdt,
        _ => false,
    };

    private string? TargetOf(ProgramSpec program, ImmutableArray<AttachSpec> attachments) => Target == SectionTarget.KernelType
        ? program.AttachTarget
        : attachments is [{ } only] ? SectionTargets.Write(this, only) : null;
}
