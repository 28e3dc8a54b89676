using Imker.Btf;
using Imker.Inspect;
using Imker.Linux;

namespace Imker.Cli;

/// <summary><c>imker btf</c>.</summary>
internal static class TypesCommand
{
    private const int LargestFile = 256 << 20;

    private const string Usage = """
          imker btf { list | show } [id N]
          imker btf dump { id N | prog PROG | map MAP | file FILE } [format { raw | c }]

        Examples:
          imker btf list
              Show the type information in the kernel.
          imker btf dump file /sys/kernel/btf/vmlinux format c > vmlinux.h
              Write the kernel's types as a header for C.
          imker btf dump file count.bpf.o
              List the types of an object file.
        """;

    public static InspectCommand Create() => new("btf", "Show type information (BTF).", Usage, Run);

    private static int Run(InspectRun run)
    {
        InspectWords words = run.Words;
        if (!words.IsAtEnd && words.TakeOneOf("list", "show", "dump") == "dump")
            Dump(run);
        else
            List(run);
        return 0;
    }

    private static void List(InspectRun run)
    {
        uint? id = run.Words.IsAtEnd ? null : run.Words.TakeSelector(SelectorKind.Id).Id;
        run.Words.End();
        TypeInformationListing.Write(run.Output, run.Inventory, id);
    }

    private static void Dump(InspectRun run)
    {
        InspectWords words = run.Words;
        BtfFile types = words.TakeOneOf("id", "prog", "map", "file") switch
        {
            "id" => TypesDump.OfId(run.Inventory, words.TakeNumber("the id")),
            "prog" => TypesDump.OfProgram(run.Inventory, ProgramCommand.TakeProgram(words)),
            "map" => TypesDump.OfMap(run.Inventory, MapCommand.TakeMap(words)),
            _ => TypesDump.OfFile(words.Take("the file"), path => InputFile.Read("the BTF", path, LargestFile)),
        };
        bool isC = words.Accept("format") && words.TakeOneOf("raw", "c") == "c";
        words.End();
        if (isC)
        {
            if (run.Output.IsJson)
                throw words.Refusal("C is not to be had as JSON");
            using var writer = new StreamWriter(run.Stream, leaveOpen: true);
            TypesDump.WriteC(writer, types);
        }
        else
        {
            TypesDump.WriteRaw(run.Output, types);
        }
    }
}
