using Imker.Inspect;
using Imker.Linux;

namespace Imker.Cli;

/// <summary><c>imker prog</c>.</summary>
internal static class ProgramCommand
{
    private const string Usage = """
          imker prog { list | show } [PROG]
          imker prog dump { xlated | jited } PROG [file FILE | [opcodes] [linum]]
          imker prog pin PROG FILE
          imker prog { load | loadall } OBJECT PATH [pinmaps DIRECTORY]
          imker prog run PROG [data_in FILE] [data_out FILE] [ctx_in FILE] [repeat N]
          imker prog top [interval SECONDS] [count N]

        Examples:
          imker prog list
              Show the programs in the kernel.
          imker prog dump xlated id 12 linum
              Show what the verifier made of a program, with its source lines.
          imker prog loadall count.bpf.o /sys/fs/bpf/count pinmaps /sys/fs/bpf/count-maps
              Load an object and keep its programs and maps.
          imker prog top
              Show live how much time each program takes and how many events it gets.
        """;

    private static readonly SelectorKind[] selectors = [SelectorKind.Id, SelectorKind.Pinned, SelectorKind.Tag, SelectorKind.Name];

    public static InspectCommand Create() => new("prog", "Show, load and measure programs in the kernel.", Usage, Run);

    /// <summary>Takes what names a program.</summary>
    public static ObjectSelector TakeProgram(InspectWords words) => words.TakeSelector(selectors);

    private static int Run(InspectRun run)
    {
        switch (run.Words.IsAtEnd ? "list" : run.Words.TakeOneOf("list", "show", "dump", "pin", "load", "loadall", "run", "top"))
        {
            case "dump":
                Dump(run);
                break;
            case "pin":
                Pin(run.Words);
                break;
            case "load":
                ProgramLoading.Load(run.Words, isAll: false);
                break;
            case "loadall":
                ProgramLoading.Load(run.Words, isAll: true);
                break;
            case "run":
                ProgramTestRun.Run(run);
                break;
            case "top":
                ProgramTopCommand.Run(run);
                break;
            default:
                List(run);
                break;
        }
        return 0;
    }

    private static void List(InspectRun run)
    {
        ObjectSelector? which = run.Words.IsAtEnd ? null : TakeProgram(run.Words);
        run.Words.End();
        ProgramListing.Write(run.Output, run.Inventory, which);
    }

    private static void Dump(InspectRun run)
    {
        bool isMachine = run.Words.TakeOneOf("xlated", "jited") == "jited";
        ObjectSelector which = TakeProgram(run.Words);
        string? path = null;
        CodeDumpOptions options = CodeDumpOptions.Default;
        while (!run.Words.IsAtEnd)
        {
            switch (run.Words.TakeOneOf("file", "opcodes", "linum"))
            {
                case "file":
                    path = run.Words.Take("the file to write");
                    break;
                case "opcodes":
                    options = options with { ShowsOpcodes = true };
                    break;
                default:
                    options = options with { ShowsLines = true };
                    break;
            }
        }
        using KernelProgram program = ObjectSelector.Program(which);
        if (path is not null)
        {
            using Stream file = OutputFile.Create(path);
            file.Write(isMachine ? ProgramDump.ReadMachine(program) : ProgramDump.ReadTranslated(program));
        }
        else if (isMachine)
        {
            ProgramDump.WriteMachine(run.Output, run.Inventory, program, options);
        }
        else
        {
            ProgramDump.WriteTranslated(run.Output, run.Inventory, program, options);
        }
    }

    private static void Pin(InspectWords words)
    {
        ObjectSelector which = TakeProgram(words);
        string path = words.Take("the file to pin it at");
        words.End();
        using KernelProgram program = ObjectSelector.Program(which);
        program.Pin(path);
    }
}
