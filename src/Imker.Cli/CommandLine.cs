using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Imker.Diagnostics;
using Imker.Linux;

namespace Imker.Cli;

/// <summary>The commands of <c>imker</c>.</summary>
internal static class CommandLine
{
    private const string Examples = """
        Examples:
          imker trace -e 'BEGIN { printf("hello\n"); exit(); }'
              See whether everything is there.
          imker trace -e 'tracepoint:raw_syscalls:sys_enter { @[comm] = count(); }'
              Count system calls by command until Ctrl-C.
          imker filter -d 'tcp port 443'
              Show the program that a packet filter becomes.

        'imker trace --help' has more.
        """;

    /// <param name="arguments">Without the program's name.</param>
    /// <param name="loop">Catches signals already.</param>
    public static int Run(string[] arguments, EventLoop loop)
    {
        // tcpdump's users know its command line, which follows getopt(3).
        if (arguments is [DumpCommand.Name, .. var words])
            return DumpCommand.Run(words, loop);
        if (InspectCommand.TryRun(arguments, loop) is { } exitCode)
            return exitCode;
        Command root = RootFor(arguments, loop);
        // An argument that starts with @ is a map of a script, not the name of a file with more arguments.
        ParseResult result = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Action is ParseErrorAction)
            return result.CommandResult.Command == root ? RefuseCommand(root, result.UnmatchedTokens) : RefuseArguments(result);
        return Failure.Guard(() => Invoke(result), isVerbose: false);
    }

    // The start of the program is what people wait for, so nothing is made that is not asked for: neither the options of the other
    // commands, nor help, whose texts the library reads through reflection.
    private static Command RootFor(string[] arguments, EventLoop loop)
    {
        (Command Command, string Examples)[] commands = CommandsFor(arguments.FirstOrDefault(), loop);
        if (commands.Length == 1 && !arguments.Any(MayAskForHelp))
            return new Command("imker") { commands[0].Command };
        var root = new RootCommand("eBPF for .NET: trace the running system with scripts and filter packets, without LLVM, libbpf or kernel headers.");
        AddExamples(root, Examples);
        foreach ((Command command, string examples) in commands)
        {
            AddExamples(command, examples);
            root.Add(command);
        }
        if (commands.Length > 1)
        {
            root.Add(new Command(DumpCommand.Name, DumpCommand.Description));
            foreach (InspectCommand command in InspectCommand.All)
                root.Add(new Command(command.Name, command.Description));
        }
        return root;
    }

    private static (Command Command, string Examples)[] CommandsFor(string? name, EventLoop loop) =>
        Find(name, loop) is { } one ? [one] : [.. Names.Select(each => Find(each, loop)!.Value)];

    // In the order of the help.
    private static string[] Names => [TraceCommand.Name, FilterCommand.Name, VmCommand.Name, RunCommand.Name, BuildCommand.Name, VerifyCommand.Name, DoctorCommand.Name];

    private static (Command Command, string Examples)? Find(string? name, EventLoop loop) => name switch
    {
        TraceCommand.Name => (TraceCommand.Create(loop), TraceCommand.Examples),
        FilterCommand.Name => (FilterCommand.Create(loop), FilterCommand.Examples),
        VmCommand.Name => (VmCommand.Create(), VmCommand.Examples),
        RunCommand.Name => (RunCommand.Create(loop), RunCommand.Examples),
        BuildCommand.Name => (BuildCommand.Create(loop), BuildCommand.Examples),
        VerifyCommand.Name => (VerifyCommand.Create(loop), VerifyCommand.Examples),
        DoctorCommand.Name => (DoctorCommand.Create(), DoctorCommand.Examples),
        _ => null,
    };

    // A letter h may be an option among several behind one dash.
    private static bool MayAskForHelp(string argument) => argument switch
    {
        ['-', '-', ..] => argument.StartsWith("--help", StringComparison.Ordinal) || argument.StartsWith("--version", StringComparison.Ordinal),
        ['-', ..] => argument.AsSpan().ContainsAny('h', '?'),
        _ => argument is "/h" or "/?",
    };

    /// <summary>The words of an option or argument as they are: the library's own conversion goes through reflection.</summary>
    public static string[] Words(ArgumentResult result) => [.. result.Tokens.Select(token => token.Value)];

    private static int Invoke(ParseResult result)
    {
        using var output = new StreamWriter(OutputFile.OpenStandard());
        return result.Invoke(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
    }

    private static int RefuseCommand(Command root, IReadOnlyList<string> words)
    {
        string[] names = [.. root.Subcommands.Select(c => c.Name)];
        Failure.Say(words switch
        {
            [] => "there is no command: give one of these",
            [['-', ..] option, ..] => $"there is no option '{option}'{Spelling.Suggestion(option, root.Options.Select(o => o.Name))}; the commands are",
            [var word, ..] => $"there is no command '{word}'{Spelling.Suggestion(word, names)}; there are these",
        });
        int width = names.Max(name => name.Length);
        foreach (Command command in root.Subcommands)
            Console.Error.WriteLine($"  {command.Name.PadRight(width)}  {command.Description}");
        Console.Error.WriteLine("'imker COMMAND --help' tells more");
        return 1;
    }

    private static int RefuseArguments(ParseResult result)
    {
        foreach (ParseError error in result.Errors)
            Failure.Say(error.SymbolResult is OptionResult { IdentifierToken: { } option, Tokens: [] } ? $"{option.Value} needs a value" : error.Message);
        return 1;
    }

    /// <summary>Puts examples behind a command's help.</summary>
    public static void AddExamples(Command command, string examples)
    {
        HelpOption? help = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (help is null)
            command.Options.Add(help = new HelpOption("--help", "-h"));
        help.Action = new ExamplesHelp((HelpAction)help.Action!, examples);
    }

    private sealed class ExamplesHelp(HelpAction inner, string examples) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            int result = inner.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(examples);
            return result;
        }
    }
}
