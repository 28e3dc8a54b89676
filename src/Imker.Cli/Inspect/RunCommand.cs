using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Imker.Inspect;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Cli;

/// <summary><c>imker run</c>: loads and attaches an object, or a C source, and prints what its buffers yield.</summary>
internal sealed class RunCommand
{
    public const string Name = "run";

    public const string Examples = """
        Examples:
          imker run exec.bpf.o
              Load and attach everything in an object; print the records of its ring and perf buffers until Ctrl-C.
          imker run exec.bpf.c --json
              Compile it first; print a JSON object for each record.
          imker run exec.bpf.o -c 'ls /'
              End with a command that begins when everything is attached.
          imker run exec.bpf.o --timeout 10 --record events=event
              End after ten seconds; the records of the buffer 'events' are of 'struct event'.
          imker run packets.bpf.o -i eth0
              Put an XDP program on an interface until Ctrl-C.

        Exit code: 0 after Ctrl-C, SIGTERM, the command's end or the timeout; 1 after an error.
        """;

    private readonly Option<string?> command = new("-c", "--cmd") { Description = "Start this command when everything is attached, and end with it.", HelpName = "COMMAND" };
    private readonly Option<string?> timeout = new("--timeout") { Description = "End after so many seconds.", HelpName = "SECONDS" };
    private readonly Option<bool> json = new("--json") { Description = "A JSON object for each record." };
    private readonly Option<string?> output = new("-o", "--output") { Description = "Write the records to this file.", HelpName = "FILE" };
    private readonly Option<string[]> record = new("--record") { Description = "The struct that a buffer's records are; may be given several times.", HelpName = "MAP=STRUCT" };
    private readonly Option<string[]> program = new("--program") { Description = "Also load this program, whose section begins with '?'.", HelpName = "NAME" };
    private readonly Option<string?> device = new("-i", "--interface") { Description = "Where programs of XDP and traffic control go whose sections name no place.", HelpName = "NAME" };
    private readonly Option<string?> cgroup = new("--cgroup") { Description = "Where programs for cgroups go: a directory of the unified hierarchy.", HelpName = "DIRECTORY" };
    private readonly Option<string?> process = new("-p", "--pid") { Description = "Only what this process does, for uprobes and counters.", HelpName = "PID" };
    private readonly Option<string?> pins = new("--pin-dir") { Description = "Where maps are that are pinned by name.", HelpName = "DIRECTORY" };
    private readonly Option<bool> quiet = new("-q", "--quiet") { Description = "Do not say how many programs were attached." };
    private readonly Option<bool> verbose = new("-v", "--verbose") { Description = "Show the whole log when the kernel refuses a program." };
    private readonly Argument<string[]> words = new("object") { Description = "The object file, or a C source; behind '--' further arguments for clang.", Arity = ArgumentArity.ZeroOrMore };

    private RunCommand()
    {
    }

    /// <param name="loop">Catches signals already.</param>
    public static Command Create(EventLoop loop)
    {
        var options = new RunCommand();
        var run = new Command(Name, "Load and attach an object file or C source, and print the records of its buffers.");
        foreach (Option option in options.All)
            run.Options.Add(option);
        run.Arguments.Add(options.words);
        run.SetAction(result => Failure.Guard(() => options.Run(result, loop), result.GetValue(options.verbose)));
        return run;
    }

    private Option[] All => [command, timeout, json, output, record, program, device, cgroup, process, pins, quiet, verbose];

    private int Run(ParseResult result, EventLoop loop)
    {
        loop.EndAfterSignal(TimeSpan.FromMilliseconds(500), isResultWanted: false);
        UnknownOption.Refuse(result, All, words, "an argument for clang");
        string[] all = result.GetValue(words) ?? [];
        if (all.Length == 0)
            throw new UsageException("there is no object: give an object file or a C source");
        bool isSource = all[0].EndsWith(".c", StringComparison.Ordinal);
        if (all.Length > 1 && !isSource)
            throw new UsageException($"'{all[1]}' is not expected here: only a C source takes arguments for clang");
        RunOptions options = Read(result);
        return (isSource ? Compile(all[0], [.. all.Skip(1)]) : ProgramLoading.Read(all[0])) is { } source ? Run(source, options, result, loop) : 1;
    }

    private int Run(BpfObject source, RunOptions options, ParseResult result, EventLoop loop)
    {
        using Stream stream = result.GetValue(output) is { } path ? OutputFile.Create(path) : OutputFile.OpenStandard();
        using Stream errors = Console.OpenStandardError();
        using var writer = new RunOutput(stream, errors, result.GetValue(json));
        using var session = new RunSession(source, options, writer, loop);
        loop.GoOnAfterSignal();
        return session.Run();
    }

    // Null when clang has said what is wrong.
    private static BpfObject? Compile(string source, ImmutableArray<string> arguments)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("imker-run-");
        try
        {
            string target = Path.Combine(directory.FullName, Path.GetFileNameWithoutExtension(source) + ".o");
            return ClangRun.Compile(source, target, arguments) == 0 ? ProgramLoading.Read(target) : null;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private RunOptions Read(ParseResult result) => new()
    {
        Command = result.GetValue(command) is { } text ? CommandWords.Split(text) : [],
        Timeout = result.GetValue(timeout) is { } seconds ? ReadSeconds(seconds) : null,
        IsQuiet = result.GetValue(quiet),
        RecordTypes = ReadRecordTypes(result.GetValue(record) ?? []),
        Targets = ReadTargets(result),
        Load = new LoadOptions
        {
            Programs = [.. result.GetValue(program) ?? []],
            PinDirectory = result.GetValue(pins) ?? LoadOptions.Default.PinDirectory,
        },
    };

    private HookTargets? ReadTargets(ParseResult result)
    {
        string? name = result.GetValue(device), directory = result.GetValue(cgroup), id = result.GetValue(process);
        if (name is null && directory is null && id is null)
            return null;
        return new HookTargets
        {
            InterfaceIndex = name is null ? null : NetworkInterface.TryFind(name)?.Index ?? throw new UsageException($"there is no interface '{name}' in this network namespace"),
            Cgroup = directory,
            ProcessId = id is null ? null : int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
                ? number
                : throw new UsageException($"-p takes the id of a process, a number over 0; it cannot be '{id}'"),
        };
    }

    private static TimeSpan ReadSeconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"--timeout takes seconds, a number over 0; it cannot be '{text}'");

    private static ImmutableDictionary<string, string> ReadRecordTypes(string[] texts)
    {
        var types = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (string text in texts)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == text.Length - 1)
                throw new UsageException($"--record takes a buffer and a struct, such as events=event; it cannot be '{text}'");
            types[text[..equals]] = text[(equals + 1)..];
        }
        return types.ToImmutable();
    }
}
