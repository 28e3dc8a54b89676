using Imker.Inspect;
using Imker.Linux;

namespace Imker.Cli;

/// <summary>The commands in bpftool's grammar, which show and change what is in the kernel.</summary>
/// <param name="Name">The first word.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Usage">Forms and examples.</param>
/// <param name="Run">Does it, and gives the exit code.</param>
internal sealed record InspectCommand(string Name, string Description, string Usage, Func<InspectRun, int> Run)
{
    private const string Options = """
        Options:
          -j, --json    One JSON value with the keys of bpftool.
          -p, --pretty  The same, indented.
          -f, --bpffs   Also show where objects are pinned.
          -h, --help    Show this.

        PROG is id N, pinned FILE, tag TAG or name NAME; MAP is id N, pinned FILE or name NAME; LINK is id N or pinned FILE.
        Exit code: 1 when something is refused or not there.
        """;

    private static string[] Names => ["prog", "map", "link", "btf", "net", "cgroup", "feature", "gen"];

    /// <summary>All, for the list of commands.</summary>
    public static IEnumerable<InspectCommand> All => Names.Select(name => Find(name)!);

    /// <summary>Runs one of the commands.</summary>
    /// <returns>Null when the first word is none of them.</returns>
    public static int? TryRun(string[] arguments, EventLoop loop)
    {
        if (arguments.Length == 0 || Find(arguments[0]) is not { } found)
            return null;
        return Failure.Guard(() => found.Execute(arguments[1..], loop), isVerbose: false);
    }

    // Nothing is made for another command: the start of the program is what people wait for.
    private static InspectCommand? Find(string name) => name switch
    {
        "prog" => ProgramCommand.Create(),
        "map" => MapCommand.Create(),
        "link" => LinkCommand.Create(),
        "btf" => TypesCommand.Create(),
        "net" => NetworkCommand.Create(),
        "cgroup" => CgroupCommand.Create(),
        "feature" => FeatureCommand.Create(),
        "gen" => GenCommand.Create(),
        _ => null,
    };

    private int Execute(string[] arguments, EventLoop loop)
    {
        var words = new InspectWords(Name, arguments);
        using Stream stream = OutputFile.OpenStandard();
        if (words.WantsHelp || words.Peek() == "help")
        {
            using var help = new StreamWriter(stream, leaveOpen: true);
            help.WriteLine($"Description:\n  {Description}\n\nUsage:\n{Usage}\n\n{Options}");
            return 0;
        }
        using var output = new RecordOutput(stream, words.Format);
        return Run(new InspectRun(words, output, new KernelInventory(words.ShowsPins), loop, stream));
    }
}

/// <summary>One run of such a command.</summary>
/// <param name="Words">What is left of the command line.</param>
/// <param name="Output">Where it goes.</param>
/// <param name="Inventory">Asked once a run.</param>
/// <param name="Loop">Catches signals already.</param>
/// <param name="Stream">What the output goes to in the end.</param>
internal sealed record InspectRun(InspectWords Words, RecordOutput Output, KernelInventory Inventory, EventLoop Loop, Stream Stream);
