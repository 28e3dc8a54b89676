using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Objects;
using static Imker.Bytecode.Register;

namespace Imker.Linux;

/// <summary>
/// Joins a program at functions' entries and one at the same functions' returns into a session (6.13): one program that asks on which
/// side it runs, on one link.
/// </summary>
internal static class SessionPairing
{
    private const string SideQuestion = "bpf_session_is_return";

    /// <summary>Whether there is something to join and the kernel can: it is asked only if there is.</summary>
    internal static bool IsPossible(IReadOnlyList<PlannedAttachment> attachments) =>
        attachments.Any(a => FindReturn(attachments, a) is not null)
        && FeatureProbes.Ask(KernelFeature.UprobeSession) == FeatureState.Present
        && KernelBtfFile.HasString(SideQuestion) == FeatureState.Present;

    /// <summary>The object with the joined programs, and which program went into which; the attachments are changed in place.</summary>
    internal static (BpfObject Joined, ImmutableDictionary<string, string> MergedInto) Apply(
        BpfObject source, List<PlannedAttachment> attachments)
    {
        ImmutableDictionary<string, string> mergedInto = ImmutableDictionary<string, string>.Empty;
        for (int i = 0; i < attachments.Count; i++)
        {
            PlannedAttachment entry = attachments[i];
            if (FindReturn(attachments, entry) is not { } exit
                || TryJoin(source, entry.Whole.Program, exit.Whole.Program) is not { } joined)
                continue;
            source = source with
            {
                Programs = source.Programs.Replace(source.FindProgram(entry.Whole.Program)!, joined)
                    .Remove(source.FindProgram(exit.Whole.Program)!),
            };
            mergedInto = mergedInto.Add(exit.Whole.Program, joined.Name);
            attachments[i] = Join(entry, exit);
            attachments.Remove(exit);
        }
        return (source, mergedInto);
    }

    // Both programs must be attached there and nowhere else, to the same targets, and agree about the cookies.
    private static PlannedAttachment? FindReturn(IReadOnlyList<PlannedAttachment> attachments, PlannedAttachment planned) =>
        planned.Whole is UprobeAttach { IsReturn: false } entry && IsOnlyOne(attachments, entry)
            ? attachments.FirstOrDefault(other => other.Whole is UprobeAttach { IsReturn: true } exit
                && exit.Binary == entry.Binary && exit.ProcessId == entry.ProcessId
                && HasSameTargets(entry, exit) && IsOnlyOne(attachments, exit))
            : null;

    private static bool IsOnlyOne(IReadOnlyList<PlannedAttachment> attachments, AttachSpec attach) =>
        attachments.Count(a => a.Whole.Program == attach.Program) == 1;

    private static bool HasSameTargets(UprobeAttach entry, UprobeAttach exit) =>
        entry.Targets.Length == exit.Targets.Length
        && entry.Targets.Zip(exit.Targets).All(pair =>
            (pair.First.Symbol, pair.First.Offset) == (pair.Second.Symbol, pair.Second.Offset)
            && (pair.First.Cookie == pair.Second.Cookie || pair.First.Cookie == 0 || pair.Second.Cookie == 0));

    private static PlannedAttachment Join(PlannedAttachment entry, PlannedAttachment exit)
    {
        var (first, second) = ((UprobeAttach)entry.Whole, (UprobeAttach)exit.Whole);
        ImmutableArray<UprobeTarget> targets =
            [.. first.Targets.Zip(second.Targets).Select(pair => pair.First.Cookie != 0 ? pair.First : pair.Second)];
        return new PlannedAttachment(
            first with { Targets = targets, DisplayName = $"{first.DisplayName},{second.DisplayName}" },
            entry.Parts.AddRange(exit.Parts));
    }

    // r6 = context; ask; r1 = context; to the return's code if it is a return; the entry's code; the return's code. Both parts are whole
    // functions that end by themselves and whose jumps are relative.
    private static ProgramSpec? TryJoin(BpfObject source, string entryName, string exitName)
    {
        ProgramSpec entry = source.FindProgram(entryName)!, exit = source.FindProgram(exitName)!;
        int entrySlots = entry.Entry.Instructions.Sum(i => i.SlotCount);
        if (!IsPlain(entry) || !IsPlain(exit) || entrySlots > short.MaxValue)
            return null;
        ImmutableArray<Instruction> head =
        [
            Instruction.Mov(R6, R1),
            Instruction.CallKfunc(new KfuncReference(SideQuestion)),
            Instruction.Mov(R1, R6),
            Instruction.JumpIf(JumpCondition.NotEqual, R0, 0, (short)entrySlots),
        ];
        int exitStart = head.Length + entry.Entry.Instructions.Length;
        return entry with
        {
            ExpectedAttachType = AttachType.TraceUprobeSession,
            DisplayName = $"{entry.DisplayName},{exit.DisplayName}",
            Entry = entry.Entry with
            {
                Instructions = [.. head, .. entry.Entry.Instructions, .. exit.Entry.Instructions],
                Lines = [.. Shift(entry.Entry.Lines, head.Length), .. Shift(exit.Entry.Lines, exitStart)],
            },
        };
    }

    private static bool IsPlain(ProgramSpec program) =>
        program is { Type: ProgramType.Kprobe, ExpectedAttachType: null, IsSleepable: false };

    private static IEnumerable<SourceLine> Shift(ImmutableArray<SourceLine> lines, int distance) =>
        lines.Select(line => line with { Instruction = line.Instruction + distance });
}
