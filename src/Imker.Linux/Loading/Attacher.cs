using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>Resolves the symbols of one attachment in the running kernel and attaches.</summary>
/// <param name="source">The object that is loaded.</param>
/// <param name="usdt">What its programs know of USDT probes.</param>
internal sealed class Attacher(BpfObject source, UsdtSpecs usdt)
{
    /// <param name="program">A program of the object.</param>
    /// <param name="attach">Where.</param>
    /// <param name="processId">Only what this process does, where the hook can tell; null for all.</param>
    /// <exception cref="BpfException">What it names is not there, or the kernel refuses it.</exception>
    /// <exception cref="FeatureNotSupportedException">The kernel lacks the way of attaching.</exception>
    internal KernelLink Attach(KernelProgram program, AttachSpec attach, int? processId) => attach switch
    {
        TracepointAttach tracepoint => AttachTracepoint(program, tracepoint),
        RawTracepointAttach raw => program.Type == ProgramType.Tracing
            ? TracingLink.Attach(program, raw.Event, raw.Cookie)
            : RawTracepointLink.Attach(program, raw.Event),
        UprobeAttach uprobe => UprobeAttachment.Attach(program, uprobe, processId),
        UprobePatternAttach pattern => UprobeAttachment.Attach(program, pattern, processId),
        UsdtAttach probe => UsdtAttachment.Attach(program, probe, usdt, processId),
        KprobeAttach kprobe => KprobeLink.Attach(program, kprobe.Symbol, kprobe.Offset, kprobe.IsReturn, kprobe.Cookie),
        KprobeMultiAttach pattern => AttachKprobes(program, pattern),
        KsyscallAttach call => AttachSystemCall(program, call),
        TypedAttach when source.FindProgram(attach.Program)?.ExpectedAttachType == AttachType.TraceIter => IteratorLink.Attach(program, attach.DisplayName),
        TypedAttach => TracingLink.Attach(program, attach.DisplayName, attach.Cookie),
        TimerAttach timer => AttachTimer(program, timer),
        _ => throw new ArgumentException($"'{attach.DisplayName}' is run, not attached", nameof(attach)),
    };

    private static KernelLink AttachKprobes(KernelProgram program, KprobeMultiAttach attach)
    {
        IReadOnlyList<string> functions = KprobeMultiLink.FunctionsLike(attach.Pattern);
        if (functions.Count == 0)
            throw new BpfException($"attach {attach.DisplayName}", "open", Errno.NoEntry, $"this kernel has no function like '{attach.Pattern}' that can be probed");
        return KprobeMultiLink.Attach(program, attach.DisplayName, functions, attach.IsReturn);
    }

    private static KernelLink AttachSystemCall(KernelProgram program, KsyscallAttach attach)
    {
        string function = KernelFunctions.OfSystemCall(attach.Name)
            ?? throw new BpfException($"attach {attach.DisplayName}", "open", Errno.NoEntry, $"this kernel has no system call '{attach.Name}'");
        return KprobeLink.Attach(program, function, 0, attach.IsReturn, attach.Cookie);
    }

    private static KernelLink AttachTracepoint(KernelProgram program, TracepointAttach attach)
    {
        string name = attach.DisplayName.Length > 0 ? attach.DisplayName : $"tracepoint:{attach.Category}:{attach.Event}";
        TraceFileSystem files = TraceFileSystem.Find(out string? problem)
            ?? throw new BpfException($"attach {name}", "open", Errno.NoEntry, problem);
        TracepointFormat format = files.ReadFormat(attach.Category, attach.Event)
            ?? throw new BpfException($"attach {name}", "open", Errno.NoEntry,
                $"this kernel has no tracepoint '{attach.Event}' in '{attach.Category}'"
                + Diagnostics.Spelling.Suggestion(attach.Event, files.ReadEvents(attach.Category)));
        return TracepointLink.Attach(program, name, format.Id, attach.Cookie);
    }

    private static KernelLink AttachTimer(KernelProgram program, TimerAttach attach)
    {
        ClockRate rate = attach.Frequency != 0
            ? ClockRate.TicksPerSecond(attach.Frequency)
            : ClockRate.EveryNanoseconds(attach.PeriodNanoseconds);
        return attach.EveryCpu
            ? ClockLink.AttachToAll(program, attach.DisplayName, rate)
            : ClockLink.AttachToOne(program, attach.DisplayName, rate);
    }
}
