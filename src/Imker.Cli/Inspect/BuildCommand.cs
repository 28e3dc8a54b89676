using System.Collections.Immutable;
using System.CommandLine;
using Imker.Diagnostics;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Cli;

/// <summary><c>imker build</c>: compiles restricted C by clang.</summary>
internal sealed class BuildCommand
{
    public const string Name = "build";

    public const string Examples = """
        Examples:
          imker build count.bpf.c -o count.bpf.o
              Compile a program with the types of the running kernel.
          imker build count.bpf.c -o count.bpf.o -- -DLIMIT=100
              Give clang further arguments.
          imker build main.bpf.c maps.bpf.c -o both.bpf.o
              Compile two files and link them.
          imker build --headers include
              Write the headers that programs are compiled with into a directory.

        It needs clang: Debian's package clang-19, or clang. Its errors are shown as it writes them.
        """;

    private readonly Option<string?> output = new("-o", "--output") { Description = "Where the object goes; the source with '.o' for '.c' otherwise.", HelpName = "FILE" };
    private readonly Option<string?> headers = new("--headers") { Description = "Only write the headers into this directory.", HelpName = "DIRECTORY" };
    private readonly Argument<string[]> words = new("source") { Description = "The C file, or several that become one object; behind '--' further arguments for clang.", Arity = ArgumentArity.ZeroOrMore };

    private BuildCommand()
    {
    }

    /// <param name="loop">Catches signals already.</param>
    public static Command Create(EventLoop loop)
    {
        var options = new BuildCommand();
        var build = new Command(Name, "Compile restricted C to an object, by clang, with our headers and the kernel's types.");
        build.Options.Add(options.output);
        build.Options.Add(options.headers);
        build.Arguments.Add(options.words);
        build.SetAction(result => Failure.Guard(() => options.Run(result, loop), isVerbose: false));
        return build;
    }

    private int Run(ParseResult result, EventLoop loop)
    {
        loop.EndAfterSignal(TimeSpan.Zero, isResultWanted: true);
        UnknownOption.Refuse(result, [output, headers], words, "an argument for clang");
        if (result.GetValue(headers) is { } directory)
        {
            Directory.CreateDirectory(directory);
            Inspect.CHeaders.WriteTo(directory);
            return 0;
        }
        string[] all = result.GetValue(words) ?? [];
        string[] sources = [.. all.TakeWhile(word => word.EndsWith(".c", StringComparison.Ordinal))];
        if (sources.Length == 0)
            throw new UsageException(all.Length == 0 ? "there is no source: give a C file" : $"{all[0]} is no C source: its name does not end with '.c'");
        if (sources.Length > 1 && result.GetValue(output) is null)
            throw new UsageException("several sources need -o: the object that they become together");
        return Build(sources, result.GetValue(output) ?? sources[0][..^1] + "o", [.. all.Skip(sources.Length)]);
    }

    private static int Build(string[] sources, string target, ImmutableArray<string> arguments)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("imker-build-");
        try
        {
            string[] objects = [.. sources.Select((source, i) => Path.Combine(directory.FullName, $"{i}.o"))];
            for (int i = 0; i < sources.Length; i++)
            {
                if (ClangRun.Compile(sources[i], objects[i], arguments) != 0)
                    return 1;
            }
            using Stream file = OutputFile.Create(target);
            file.Write(BpfObjectWriter.Write(Join(target, sources, objects)));
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    // What is written anew has none of clang's information for debuggers, which is most of its objects.
    private static BpfObject Join(string target, string[] sources, string[] objects)
    {
        if (objects.Length == 1)
            return BpfObjectReader.Read(File.ReadAllBytes(objects[0]), sources[0]);
        var diagnostics = new DiagnosticBag();
        ObjectLinker.TryLink(Path.GetFileNameWithoutExtension(target), [.. objects.Select((path, i) => (sources[i], (ReadOnlyMemory<byte>)File.ReadAllBytes(path)))],
            out BpfObject? linked, diagnostics);
        diagnostics.ThrowIfErrors();
        return linked!;
    }
}
