namespace Imker.Rendering;

/// <summary>What a piece of text is; JSON names it.</summary>
public enum TextKind
{
    Printf,
    Time,
    Cat,
    Join,

    /// <summary>The output of a command, <c>syscall</c> in JSON.</summary>
    System,

    /// <summary><c>errorf()</c>: goes to standard error, behind its place.</summary>
    Error,

    /// <summary><c>warnf()</c>: goes to standard error, behind its place.</summary>
    Warning,
}

/// <summary>A one-based place in a script that a message belongs to.</summary>
public readonly record struct ScriptPlace(string File, int Line, int Column);

/// <summary>Events that did not arrive: where, why, how many.</summary>
public readonly record struct LostCount(string Probe, string Cause, ulong Count);

/// <summary>
/// Writes what a trace yields, as text for people or as JSON lines for programs. Output is gathered in batches; call
/// <see cref="Flush"/> when nothing more is at hand.
/// </summary>
public abstract class OutputRenderer(BatchedOutput output, BatchedOutput errors)
{
    /// <summary>How foreign text has to be escaped in what is written between <see cref="BeginText"/> and <see cref="EndText"/>.</summary>
    public abstract TextEscaping Escaping { get; }

    protected BatchedOutput Output { get; } = output;

    protected BatchedOutput Errors { get; } = errors;

    /// <summary>Begins a text; it is written into the buffer returned, and ended by <see cref="EndText"/>.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="place">Where the script says so; used by <see cref="TextKind.Error"/> and <see cref="TextKind.Warning"/>.</param>
    public abstract Utf8Buffer BeginText(TextKind kind, ScriptPlace place = default);

    public abstract void EndText();

    /// <summary>A single value, as <c>print()</c> of an expression shows it.</summary>
    public abstract void Value(in OutputValue value);

    /// <summary>A whole map; nothing when it is empty.</summary>
    /// <param name="map">Its content.</param>
    /// <param name="top">Only the greatest so many entries; 0 for all.</param>
    /// <param name="divisor">What numbers are divided by; 0 is taken as 1.</param>
    public abstract void Map(MapSnapshot map, int top = 0, ulong divisor = 1);

    public abstract void AttachedProbes(int count);

    /// <summary>Says on standard error what is being waited for at the end.</summary>
    public void Detaching(int probes)
    {
        Flush();
        Errors.Text.Write($"Detaching {probes} {(probes == 1 ? "probe" : "probes")}...\n");
        Errors.Flush();
    }

    /// <summary>Says that events were lost, and what is known of where and why.</summary>
    public abstract void LostEvents(ulong count, ReadOnlySpan<LostCount> causes);

    /// <summary>Says that a helper failed in the kernel.</summary>
    /// <param name="place">The call in the script.</param>
    /// <param name="helper">The helper's name, without <c>bpf_</c>.</param>
    /// <param name="returnCode">What it returned.</param>
    /// <param name="message">What that means.</param>
    public abstract void HelperError(ScriptPlace place, string helper, long returnCode, string message);

    public abstract void RuntimeError(ScriptPlace place, string message);

    /// <summary>Between the last event and the maps that are printed at the end.</summary>
    public abstract void EndOfEvents();

    /// <summary>Flushes but for the beginning of a line that is not finished; true when there is one.</summary>
    public bool FlushLines()
    {
        Errors.Flush();
        return Output.FlushLines();
    }

    public void Flush()
    {
        Output.Flush();
        Errors.Flush();
    }
}
