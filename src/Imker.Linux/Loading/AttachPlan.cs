using System.Collections.Immutable;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>
/// How a blueprint's programs and attachments go into this kernel with the fewest links, because each costs a grace period or two when it
/// is closed: uprobes of one program in one file become one link, and entries with their returns one session where the kernel has
/// sessions.
/// </summary>
internal sealed class AttachPlan
{
    private AttachPlan(BpfObject effective, ImmutableArray<PlannedAttachment> attachments, ImmutableDictionary<string, string> mergedInto)
    {
        Effective = effective;
        Attachments = attachments;
        MergedInto = mergedInto;
    }

    /// <summary>The object with the programs that are loaded in fact.</summary>
    internal BpfObject Effective { get; }

    internal ImmutableArray<PlannedAttachment> Attachments { get; }

    /// <summary>Programs of the blueprint that became part of another.</summary>
    internal ImmutableDictionary<string, string> MergedInto { get; }

    /// <param name="source">The blueprint.</param>
    /// <param name="withSessions">Whether to make sessions if this kernel has them.</param>
    internal static AttachPlan Make(BpfObject source, bool withSessions)
    {
        List<PlannedAttachment> attachments = UprobeGrouping.Apply([.. Attachable(source)]);
        ImmutableDictionary<string, string> mergedInto = ImmutableDictionary<string, string>.Empty;
        if (withSessions && SessionPairing.IsPossible(attachments))
            (source, mergedInto) = SessionPairing.Apply(source, attachments);
        BpfObject effective = source with { Attachments = [.. attachments.Select(a => a.Whole)] };
        return new AttachPlan(effective, [.. attachments], mergedInto);
    }

    private static IEnumerable<PlannedAttachment> Attachable(BpfObject source)
    {
        var asks = new Dictionary<string, bool>();
        foreach (AttachSpec attach in source.Attachments.Where(a => a is not RunOnceAttach))
        {
            if (!asks.TryGetValue(attach.Program, out bool isAsking))
                asks.Add(attach.Program, isAsking = CookieUse.IsIn(source, ProgramOf(source, attach)));
            AttachSpec effective = CookieUse.Settle(attach, isAsking);
            yield return new PlannedAttachment(effective, [new PlannedPart(attach, effective)]);
        }
    }

    private static ProgramSpec ProgramOf(BpfObject source, AttachSpec attach) =>
        source.FindProgram(attach.Program)
            ?? throw new ArgumentException($"the object '{source.Name}' attaches the program '{attach.Program}', which it does not have");
}
