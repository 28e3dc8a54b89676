using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
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

        'imker trace --help' has more.
        """;

    /// <param name="arguments">Without the program's name.</param>
    /// <param name="loop">Catches signals already.</param>
    public static int Run(string[] arguments, EventLoop loop)
    {
        var root = new RootCommand("eBPF for .NET: trace the running system with scripts, without LLVM, libbpf or kernel headers.")
        {
            TraceCommand.Create(loop),
        };
        AddExamples(root, Examples);
        // An argument that starts with @ is a map of a script, not the name of a file with more arguments.
        return root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null }).Invoke();
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
