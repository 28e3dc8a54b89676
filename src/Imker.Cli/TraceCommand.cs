using System.CommandLine;
using System.CommandLine.Parsing;
using Imker.Diagnostics;
using Imker.Linux;

namespace Imker.Cli;

/// <summary><c>imker trace</c>: its flags, named as bpftrace names them.</summary>
internal static class TraceCommand
{
    private const string Examples = """
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

    /// <param name="loop">Catches signals already.</param>
    public static Command Create(EventLoop loop)
    {
        var expression = new Option<string[]>("-e") { Description = "Run this program; may be given several times.", HelpName = "PROGRAM" };
        var process = new Option<int?>("-p", "--pid") { Description = "Trace this process alone, and end with it.", HelpName = "PID" };
        var command = new Option<string?>("-c", "--cmd") { Description = "Start this command when the probes are attached, and end with it.", HelpName = "COMMAND" };
        var output = new Option<string?>("-o", "--output") { Description = "Write the output to this file.", HelpName = "FILE" };
        var format = new Option<string>("-f", "--format") { Description = "text, or json: an object a line.", HelpName = "FORMAT", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var quiet = new Option<bool>("-q", "--quiet") { Description = "Do not say how many probes were attached." };
        var verbose = new Option<bool>("-v", "--verbose") { Description = "Show the whole log when the kernel refuses a program; with -l, the arguments of each probe." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Load and attach, then end." };
        var isUnsafe = new Option<bool>("--unsafe") { Description = "Allow what changes the system: system(), signal()." };
        var noWarnings = new Option<bool>("--no-warnings") { Description = "Do not show warnings." };
        var list = new Option<bool>("-l", "--list") { Description = "List the probes that match the pattern given (all without one)." };
        var emit = new Option<string?>("--emit") { Description = "Show a stage of the compiler and end: ir, asm, or object (to standard output, or to -o).", HelpName = "STAGE" };
        emit.AcceptOnlyFromAmong("ir", "asm", "object");
        var words = new Argument<string[]>("script")
        {
            Description = "The script's file (- for standard input), then its positional parameters $1, $2, …; with -e only parameters.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var trace = new Command("trace", "Run a script in the language of bpftrace.")
        {
            expression, process, command, output, format, quiet, verbose, dryRun, isUnsafe, noWarnings, list, emit, words,
        };
        CommandLine.AddExamples(trace, Examples);
        trace.SetAction(result => UnknownOption(result, words) is { } unknown ? Refuse(unknown, trace) : TraceRun.Execute(new TraceArguments
        {
            Expressions = result.GetValue(expression) ?? [],
            ProcessId = result.GetValue(process),
            Command = result.GetValue(command),
            OutputPath = result.GetValue(output),
            IsJson = result.GetValue(format) == "json",
            IsQuiet = result.GetValue(quiet),
            IsVerbose = result.GetValue(verbose),
            IsDryRun = result.GetValue(dryRun),
            IsUnsafe = result.GetValue(isUnsafe),
            HidesWarnings = result.GetValue(noWarnings),
            IsList = result.GetValue(list),
            Emit = result.GetValue(emit),
            Words = result.GetValue(words) ?? [],
        }, loop));
        return trace;
    }

    // What looks like an option among the words is one that we do not have: a script's own stand behind "--", or are numbers.
    private static string? UnknownOption(ParseResult result, Argument<string[]> words)
    {
        HashSet<Token> before = [.. result.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash)];
        return result.GetResult(words)?.Tokens.FirstOrDefault(t => before.Contains(t) && t.Value is ['-', not (>= '0' and <= '9'), ..])?.Value;
    }

    private static int Refuse(string option, Command trace)
    {
        string proposal = Spelling.Suggestion(option, trace.Options.SelectMany(o => o.Aliases.Prepend(o.Name)));
        Failure.Say($"there is no option '{option}'{proposal}; a parameter of the script that begins with '-' stands behind '--'");
        return 1;
    }
}
