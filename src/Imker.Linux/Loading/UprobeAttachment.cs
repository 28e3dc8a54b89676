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
            && source.Attachments.Any(a => a is UprobeAttach or UsdtAttach && a.Program == program.Name)
            && FeatureProbes.Ask(KernelFeature.UprobeMulti) == FeatureState.Present
            ? AttachType.TraceUprobeMulti
            : null;

    /// <param name="program">Loaded for uprobe_multi, for sessions, or for neither.</param>
    /// <param name="attach">Where.</param>
    /// <param name="processId">Only in this process, where the attachment names none itself; null for all.</param>
    /// <exception cref="BpfException">A target is not there, or the kernel refuses it.</exception>
    internal static KernelLink Attach(KernelProgram program, UprobeAttach attach, int? processId)
    {
        ulong[] offsets = [.. attach.Targets.Select(t => OffsetOf(attach, t))];
        string path = PathOf(attach.Binary, attach.DisplayName);
        int? process = attach.ProcessId ?? processId;
        return program.ExpectedAttachType is { } attachType
            ? UprobeMultiLink.Attach(program, attachType, attach.DisplayName, path, offsets, Cookies(attach),
                attach.IsReturn && attachType == AttachType.TraceUprobeMulti, process)
            : AttachEach(program, attach.DisplayName, [.. offsets.Zip(attach.Targets, (offset, target) => new UprobePlace(path, offset, target.Cookie))],
                attach.IsReturn, process);
    }

    /// <summary>Attaches to all functions of a file that a pattern takes.</summary>
    /// <inheritdoc cref="Attach(KernelProgram, UprobeAttach, int?)"/>
    internal static KernelLink Attach(KernelProgram program, UprobePatternAttach attach, int? processId)
    {
        Elf.ElfFile? file = UserBinaries.Open(attach.Binary);
        ulong[] offsets = file is null ? []
            : [.. file.FindFunctions(attach.Pattern).Select(f => file.TryGetFileOffset(f.Value, out ulong offset) ? offset : 0).Where(o => o != 0).Distinct()];
        if (offsets.Length == 0)
            throw new BpfException($"attach {attach.DisplayName}", "open", Errno.NoEntry, $"{attach.Binary} has no function like '{attach.Pattern}'");
        return UprobeMultiLink.Attach(program, program.ExpectedAttachType ?? AttachType.TraceUprobeMulti, attach.DisplayName,
            PathOf(attach.Binary, attach.DisplayName), offsets, [], attach.IsReturn, processId);
    }

    /// <summary>A perf event for each place, all of them one link.</summary>
    internal static KernelLink AttachEach(KernelProgram program, string name, IReadOnlyList<UprobePlace> places, bool isReturn, int? processId)
    {
        var links = new List<KernelLink>();
        try
        {
            foreach (UprobePlace place in places)
                links.Add(UprobeLink.Attach(program, name, place, isReturn, processId));
            return new KernelLink(name, [.. links.SelectMany(l => l.Descriptors)]);
        }
        catch
        {
            KernelLink.DisposeAll(links);
            throw;
        }
    }

    private static string PathOf(string binary, string name) => UserBinaries.PathForKernel(binary)
        ?? throw new BpfException($"attach {name}", "open", Errno.NoEntry, $"{binary} cannot be opened as a regular file");

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
