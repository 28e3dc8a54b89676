using System.CommandLine;
using System.Globalization;
using Imker.Diagnostics;
using Imker.Linux;

namespace Imker.Cli;

/// <summary><c>imker trace</c>: its flags, named as bpftrace names them.</summary>
internal sealed class TraceCommand
{
    public const string Name = "trace";

    public const string Examples = """
        Examples:
          imker trace -e 'BEGIN { printf("hello\n"); exit(); }'
              Print a line and end.
          imker trace -e 'tracepoint:syscalls:sys_enter_openat { printf("%s %s\n", comm, str(args.filename)); }'
              Show which process opens which file, until Ctrl-C.
          imker trace -e 'tracepoint:raw_syscalls:sys_enter { @[comm] = count(); }'
              Count system calls by command; the map is printed at the end.
          imker trace -e 'uprobe:libc:malloc { @bytes = hist(arg0); }' -c 'ls /'
              Trace one command and end with it.
          imker trace -l 'tracepoint:syscalls:*openat*'
              List probes.
          imker trace examples/gethostlatency.bt
              Run a script.

        Exit code: 0 after Ctrl-C, SIGTERM or exit(); what exit(CODE) gives; 1 after an error.
        """;

    private readonly Option<string[]> expression = new("-e")
    {
        Description = "Run this program; may be given several times.",
        HelpName = "PROGRAM",
        CustomParser = CommandLine.Words,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> process = new("-p", "--pid") { Description = "Trace this process alone, and end with it.", HelpName = "PID" };
    private readonly Option<string?> command = new("-c", "--cmd") { Description = "Start this command when the probes are attached, and end with it.", HelpName = "COMMAND" };
    private readonly Option<string?> output = new("-o", "--output") { Description = "Write the output to this file.", HelpName = "FILE" };
    private readonly Option<string> format = new("-f", "--format") { Description = "text, or json: an object a line.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
    private readonly Option<bool> quiet = new("-q", "--quiet") { Description = "Do not say how many probes were attached." };
    private readonly Option<bool> verbose = new("-v", "--verbose") { Description = "Show the whole log when the kernel refuses a program; with -l, the arguments of each probe." };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Load and attach, then end." };
    private readonly Option<bool> isUnsafe = new("--unsafe") { Description = "Allow what changes the system: system(), signal()." };
    private readonly Option<bool> noWarnings = new("--no-warnings") { Description = "Do not show warnings." };
    private readonly Option<bool> list = new("-l", "--list") { Description = "List the probes that match the pattern given (all without one)." };
    private readonly Option<string?> emit = new("--emit") { Description = "Show a stage of the compiler and end: ir, asm, or object (to standard output, or to -o).", HelpName = "STAGE" };

    private readonly Option<string?> target = new("--target") { Description = "Compile for the machine that this file describes; with --emit or --dry-run, which then loads nothing.", HelpName = "FILE" };
    private readonly Option<string?> targetTypes = new("--target-btf") { Description = "The kernel's BTF of that machine, for scripts that use its types.", HelpName = "FILE" };
    private readonly Option<string?> savedTarget = new("--save-target") { Description = "Write to this file what was asked of the machine to compile the script, for --target.", HelpName = "FILE" };

    private readonly Argument<string[]> words = new("script")
    {
        Description = "The script's file (- for standard input), then its positional parameters $1, $2, …; with -e only parameters.",
        Arity = ArgumentArity.ZeroOrMore,
        CustomParser = CommandLine.Words,
        DefaultValueFactory = _ => [],
    };

    private TraceCommand()
    {
    }

    /// <param name="loop">Catches signals already.</param>
    public static Command Create(EventLoop loop)
    {
        var options = new TraceCommand();
        var trace = new Command(Name, "Run a script in the language of bpftrace.");
        foreach (Option option in options.All)
            trace.Options.Add(option);
        trace.Arguments.Add(options.words);
        trace.SetAction(result => Failure.Guard(() => TraceRun.Execute(options.Read(result), loop), result.GetValue(options.verbose)));
        return trace;
    }

    private Option[] All => [expression, process, command, output, format, quiet, verbose, dryRun, isUnsafe, noWarnings, list, emit, target, targetTypes, savedTarget];

    /// <exception cref="UsageException">An option is not there, or its value cannot be meant.</exception>
    private TraceArguments Read(ParseResult result)
    {
        UnknownOption.Refuse(result, All, words, "a parameter of the script");
        if (result.GetValue(process) is not null && result.GetValue(command) is not null)
            throw new UsageException("-p and -c cannot be given both: a run ends with one process, that of -p or that of -c");
        if (result.GetValue(target) is not null && !result.GetValue(dryRun) && result.GetValue(emit) is null)
            throw new UsageException("--target compiles for another machine, which cannot run here: give --emit or --dry-run with it");
        if (result.GetValue(targetTypes) is not null && result.GetValue(target) is null)
            throw new UsageException("--target-btf belongs to --target");
        return new TraceArguments
        {
            Expressions = result.GetValue(expression) ?? [],
            ProcessId = result.GetValue(process) is { } id ? ReadProcessId(id) : null,
            Command = result.GetValue(command),
            OutputPath = result.GetValue(output),
            IsJson = OneOf("-f", result.GetValue(format), "text", "json") == "json",
            IsQuiet = result.GetValue(quiet),
            IsVerbose = result.GetValue(verbose),
            IsDryRun = result.GetValue(dryRun),
            IsUnsafe = result.GetValue(isUnsafe),
            HidesWarnings = result.GetValue(noWarnings),
            IsList = result.GetValue(list),
            Emit = OneOf("--emit", result.GetValue(emit), "ir", "asm", "object"),
            TargetPath = result.GetValue(target),
            TargetTypesPath = result.GetValue(targetTypes),
            SavedTargetPath = result.GetValue(savedTarget),
            Words = result.GetValue(words) ?? [],
        };
    }

    private static int ReadProcessId(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id > 0
            ? id
            : throw new UsageException($"-p takes the id of a process, a number over 0; it cannot be '{text}'");

    private static string? OneOf(string option, string? value, params string[] values) => value is null || values.Contains(value)
        ? value
        : throw new UsageException($"{option} takes {string.Join(", ", values[..^1])} or {values[^1]}; it cannot be '{value}'{Spelling.Suggestion(value, values)}");
}
