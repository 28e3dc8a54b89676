using System.Text;
using Imker.Inspect;
using Imker.Linux;

namespace Imker.Cli;

/// <summary><c>imker gen</c>.</summary>
internal static class GenCommand
{
    private const string Usage = """
          imker gen csharp OBJECT [namespace NAME] [class NAME] [file FILE]

        Examples:
          imker gen csharp exec.bpf.o namespace Watch file Exec.g.cs
              Write a C# class for the programs, maps, variables and structs of an object.
        """;

    public static InspectCommand Create() => new("gen", "Write a C# class for an object file.", Usage, Run);

    private static int Run(InspectRun run)
    {
        InspectWords words = run.Words;
        words.TakeOneOf("csharp");
        string path = words.Take("the object file");
        string? file = null;
        var options = new CSharpOptions();
        while (!words.IsAtEnd)
        {
            switch (words.TakeOneOf("namespace", "class", "file"))
            {
                case "namespace":
                    options = options with { Namespace = TakeName(words, isQualified: true) };
                    break;
                case "class":
                    options = options with { ClassName = TakeName(words, isQualified: false) };
                    break;
                default:
                    file = words.Take("the file to write");
                    break;
            }
        }
        byte[] text = Encoding.UTF8.GetBytes(CSharpGenerator.Generate(ProgramLoading.Read(path), options));
        if (file is null)
        {
            run.Stream.Write(text);
            return 0;
        }
        using Stream target = OutputFile.Create(file);
        target.Write(text);
        return 0;
    }

    private static string TakeName(InspectWords words, bool isQualified)
    {
        string name = words.Take("a name of C#");
        bool isName = name.Split('.').All(part => part.Length > 0 && !char.IsAsciiDigit(part[0]) && part.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        return isName && (isQualified || !name.Contains('.')) ? name : throw words.Refusal($"'{name}' is no name of C#");
    }
}
