namespace Imker.Bench;

/// <summary>A tracer under measurement.</summary>
/// <param name="Prefix">The command line up to <c>-e SCRIPT</c> or a script's file.</param>
internal sealed record Peer(string Name, IReadOnlyList<string> Prefix)
{
    public const string AttachedLine = "__BPFTRACE_NOTIFY_PROBES_ATTACHED";

    private static readonly Dictionary<string, string> Notify = new() { [AttachedLine] = "1" };

    public IReadOnlyList<string> Script(string script) => [.. Prefix, "-e", script];

    public IReadOnlyList<string> ScriptFile(string path) => [.. Prefix, path];

    /// <summary>Starts it and waits until everything is attached; null when it ended before.</summary>
    public static Spawned? Attach(IReadOnlyList<string> command)
    {
        Spawned tracer = Spawned.Start(command, readOutput: true, Notify);
        if (tracer.WaitUntilAttached())
            return tracer;
        tracer.WaitForEnd();
        return null;
    }
}
