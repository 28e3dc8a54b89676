using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>
/// Attaches uprobes of an object: by uprobe_multi where the kernel has it, because detaching then costs one grace period for all
/// targets; else each by a perf event.
/// </summary>
internal static class UprobeAttachment
{
    /// <summary>
    /// What a KPROBE program must be loaded with: a kernel binds a program to one way of attaching. Null for programs that are not
    /// attached to uprobes, and where each target gets a perf event.
    /// </summary>
    internal static AttachType? ExpectedAttachType(BpfObject source, ProgramSpec program) =>
        program.Type == ProgramType.Kprobe
            && source.Attachments.Any(a => a is UprobeAttach && a.Program == program.Name)
            && FeatureProbes.Ask(KernelFeature.UprobeMulti) == FeatureState.Present
            ? AttachType.TraceUprobeMulti
            : null;

    /// <exception cref="BpfException">A target is not there, or the kernel refuses it.</exception>
    internal static KernelLink Attach(BpfObject source, KernelProgram program, UprobeAttach attach)
    {
        ProgramSpec spec = source.FindProgram(attach.Program)!;
        ulong[] offsets = [.. attach.Targets.Select(t => OffsetOf(attach, t))];
        string path = UserBinaries.PathForKernel(attach.Binary)
            ?? throw new BpfException($"attach {attach.DisplayName}", "open", Errno.NoEntry, $"{attach.Binary} cannot be opened as a regular file");
        return (spec.ExpectedAttachType ?? ExpectedAttachType(source, spec)) is { } attachType
            ? UprobeMultiLink.Attach(program, attachType, attach.DisplayName, path, offsets, Cookies(attach),
                attach.IsReturn && attachType == AttachType.TraceUprobeMulti, attach.ProcessId)
            : AttachEach(program, attach, path, offsets);
    }

    private static KernelLink AttachEach(KernelProgram program, UprobeAttach attach, string path, ulong[] offsets)
    {
        var links = new List<KernelLink>();
        try
        {
            for (int i = 0; i < offsets.Length; i++)
            {
                var place = new UprobePlace(path, offsets[i], attach.Targets[i].Cookie);
                links.Add(UprobeLink.Attach(program, attach.DisplayName, place, attach.IsReturn, attach.ProcessId));
            }
            return new KernelLink(attach.DisplayName, [.. links.SelectMany(l => l.Descriptors)]);
        }
        catch
        {
            KernelLink.DisposeAll(links);
            throw;
        }
    }

    private static ulong[] Cookies(UprobeAttach attach)
    {
        ulong[] cookies = [.. attach.Targets.Select(t => t.Cookie)];
        return cookies.All(c => c == 0) ? [] : cookies;
    }

    private static ulong OffsetOf(UprobeAttach attach, UprobeTarget target)
    {
        if (target.Symbol is null)
            return target.Offset;
        if (UserBinaries.FindFunction(attach.Binary, target.Symbol) is { } function)
            return function.Offset + target.Offset;
        string suggestion = Diagnostics.Spelling.Suggestion(target.Symbol, UserBinaries.FunctionNames(attach.Binary));
        throw new BpfException($"attach {attach.DisplayName}", "open", Errno.NoEntry,
            $"{attach.Binary} has no function '{target.Symbol}'{suggestion}");
    }
}
