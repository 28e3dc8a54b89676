using System.Collections.Immutable;
using Imker.Linux;
using Imker.Objects;
using Imker.Rendering;
using Imker.Script.Lowering;
using Imker.Tracing.Maps;
using Imker.Tracing.Records;

namespace Imker.Tracing;

/// <summary>
/// A compiled script at work: loads it, runs BEGIN, attaches, writes what it yields until something ends it, detaches, runs END,
/// prints the maps. Whatever ends the process, nothing stays attached: everything hangs on descriptors.
/// </summary>
public sealed class TraceSession : IDisposable
{
    // How long the rest of a line is waited for, which other programs would write into if its beginning were written alone.
    private static readonly TimeSpan openLinePatience = TimeSpan.FromMilliseconds(10);

    // Then people are told what they wait for.
    private static readonly TimeSpan detachPatience = TimeSpan.FromSeconds(1);

    private readonly BpfObject bpfObject;
    private readonly TraceOptions options;
    private readonly OutputRenderer renderer;
    private readonly EventLoop loop;
    private readonly LoadedObject loaded;
    private readonly MapReader maps;
    private readonly ControlHandler control;
    private readonly CommandRunner commands;
    private readonly RingPump pump;
    private readonly ChildProcess? child;
    private readonly MappingLog? mappings;
    private readonly HostVariableTable variables;

    /// <summary>Loads the object.</summary>
    /// <param name="bpfObject">What a front end made.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="renderer">Writes its output.</param>
    /// <param name="loop">Catches signals already; the caller disposes it.</param>
    /// <exception cref="BpfException">The kernel refuses a map or program, or the command cannot be started.</exception>
    public TraceSession(BpfObject bpfObject, TraceOptions options, OutputRenderer renderer, EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(bpfObject);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(renderer);
        ArgumentNullException.ThrowIfNull(loop);
        (this.bpfObject, this.options, this.renderer, this.loop) = (bpfObject, options, renderer, loop);
        // What waits for its command gets ready while the kernel verifies.
        child = options.Command.IsEmpty ? null : StartCommand();
        try
        {
            loaded = ObjectLoader.Load(bpfObject);
            if (UserSymbolUse.IsIn(bpfObject) && (mappings = MappingLog.TryOpen()) is not null)
                loop.Watch(mappings);
            if (child is not null)
                loop.Watch(child);
            else if (options.ProcessId is { } processId)
                loop.Watch(processId);
            var clock = new WallClock(Clocks.BootToWallNanoseconds());
            var reader = new ValueReader(
                new AddressNames(loaded, mappings), clock, new TruncationMark(options.MaxStringLength, options.TruncationTrailer));
            variables = new HostVariableTable(loaded);
            maps = new MapReader(loaded, variables, reader);
            control = new ControlHandler(maps, renderer);
            commands = new CommandRunner(renderer, loop, options.MaxFileBytes);
            pump = RingPump.Open(loaded, loop, new RecordPrinter(bpfObject, renderer, reader, clock, commands), control);
        }
        catch
        {
            child?.Dispose();
            mappings?.Dispose();
            loaded?.Dispose();
            throw;
        }
    }

    /// <summary>Runs the script to its end.</summary>
    /// <returns>The exit code that the script asked for; 0 otherwise.</returns>
    /// <exception cref="BpfException">A program cannot be attached.</exception>
    public int Run()
    {
        variables.WriteIfPresent(HostVariables.StartTime, Clocks.BootNanoseconds);
        variables.WriteIfPresent(HostVariables.ChildPid, (ulong)(child?.Id ?? 0));
        if (!options.DryRun)
            RunPrograms(RunPhase.Begin);
        if (!control.IsExiting && loop.Signal is null)
            Trace();
        Detach();
        if (options.DryRun)
            return 0;
        pump.PumpRest();
        RunPrograms(RunPhase.End);
        PrintMaps();
        commands.TellSkipped();
        PrintLosses();
        renderer.Flush();
        return control.ExitCode;
    }

    public void Dispose()
    {
        loaded.Detach();
        child?.Dispose();
        pump.Dispose();
        maps.Dispose();
        mappings?.Dispose();
        loaded.Dispose();
    }

    private ChildProcess StartCommand()
    {
        string name = options.Command[0];
        string path = ProgramPath.Find(name)
            ?? throw new FileNotFoundException($"cannot run '{name}': {ProgramPath.Problem(name)}", name);
        return ChildProcess.StartHeld(path, options.Command);
    }

    private void Trace()
    {
        // Else the probes would see how it gets ready.
        child?.WaitUntilHeld();
        ImmutableArray<AttachFailure> failures = loaded.Attach();
        if (!failures.IsEmpty)
            throw new AttachException(failures);
        if (options.DropsCapabilities)
            TracingPrivileges.KeepForReading(runsCommands: bpfObject.Records.Any(r => r.Action is PrintfAction { Target: PrintfTarget.Command }));
        if (!options.IsQuiet)
            renderer.AttachedProbes(CountOfProbes());
        renderer.Flush();
        if (options.ReadinessLine is { } line)
            Console.Out.WriteLine(line);
        if (options.DryRun)
            return;
        child?.Release();
        WakeReasons reasons = WakeReasons.None;
        while (true)
        {
            pump.Pump();
            bool isLineOpen = renderer.FlushLines();
            if (control.IsExiting || HasEnded(reasons))
                return;
            reasons = loop.Wait(isLineOpen ? openLinePatience : Timeout.InfiniteTimeSpan);
            if (reasons == WakeReasons.None)
                renderer.Flush();
        }
    }

    // A script of nothing but BEGIN and END has nothing to wait for.
    private bool HasEnded(WakeReasons reasons) =>
        (reasons & (WakeReasons.Signal | WakeReasons.ProcessExit)) != 0 || loop.Signal is not null || loaded.Links.Count == 0;

    // The kernel detaches tracepoints one at a time, each in some 50 ms (perf_trace_destroy holds event_mutex through a grace period),
    // however many threads close them: hundreds take long.
    private void Detach()
    {
        if (loaded.Links.Count == 0)
            return;
        var detaching = new Thread(loaded.Detach, maxStackSize: 64 << 10);
        detaching.Start();
        if (detaching.Join(detachPatience))
            return;
        if (!options.IsQuiet)
            renderer.Detaching(CountOfProbes());
        detaching.Join();
    }

    private int CountOfProbes() =>
        bpfObject.Attachments.Sum(a => a is UprobeAttach uprobe ? uprobe.Targets.Length : 1);

    private void RunPrograms(RunPhase phase)
    {
        loaded.Run(phase);
        if (phase == RunPhase.End)
        {
            commands.BeginEnd();
            pump.PumpAll();
        }
        else
        {
            pump.PumpRest();
        }
    }

    private void PrintMaps()
    {
        ImmutableArray<MapView> printed = [.. maps.Views.Where(v => v.PrintAtExit)];
        if (printed.IsEmpty)
            return;
        renderer.EndOfEvents();
        foreach (MapView view in printed)
            renderer.Map(maps.Read(view));
    }

    private void PrintLosses()
    {
        List<LostCount> lost = LossReport.Read(loaded);
        if (lost.Count > 0)
            renderer.LostEvents(lost.Aggregate(0UL, (sum, l) => sum + l.Count), lost.ToArray());
    }
}
