using Imker.Bytecode;
using Imker.Linux.Interop;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>Resolves the symbols of one attachment in the running kernel and attaches.</summary>
internal static class Attacher
{
    /// <exception cref="BpfException">What it names is not there, or the kernel refuses it.</exception>
    /// <exception cref="FeatureNotSupportedException">The kernel lacks the way of attaching.</exception>
    internal static KernelLink Attach(BpfObject source, KernelProgram program, AttachSpec attach) => attach switch
    {
        TracepointAttach tracepoint => AttachTracepoint(program, tracepoint),
        RawTracepointAttach raw => program.Type == ProgramType.Tracing
            ? RawTracepointLink.AttachTyped(program, raw.Event)
            : RawTracepointLink.Attach(program, raw.Event),
        UprobeAttach uprobe => UprobeAttachment.Attach(source, program, uprobe),
        TypedAttach when source.FindProgram(attach.Program)?.ExpectedAttachType == AttachType.TraceIter =>
            IteratorLink.Attach(program, attach.DisplayName),
        TypedAttach => RawTracepointLink.AttachTyped(program, attach.DisplayName),
        TimerAttach timer => AttachTimer(program, timer),
        _ => throw new BpfException($"attach {attach.DisplayName}", BpfCommand.LinkCreate.KernelName(), Errno.NotSupportedInside,
            $"the program is loaded, but this release does not attach what it calls {attach.GetType().Name}"),
    };

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
