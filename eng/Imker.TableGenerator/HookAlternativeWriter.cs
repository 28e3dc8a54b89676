using System.Text;

namespace Imker.TableGenerator;

/// <summary>What would do where a hook is refused, as messages say it.</summary>
internal static class HookAlternativeWriter
{
    private const int Type = 1, Attach = 2, Instead = 5;

    public static GeneratedFile Write(Table table)
    {
        var text = new StringBuilder(GeneratedFile.Header(table));
        text.Append("#nullable enable\nusing Imker.Bytecode;\n\nnamespace Imker.Linux;\n\n");
        text.Append("/// <summary>Hooks that would do instead of one that the kernel does not take.</summary>\n");
        text.Append("internal static class HookAlternatives\n{\n");
        text.Append("    /// <summary>Completes \"instead: …\"; null where nothing comes close.</summary>\n");
        text.Append("    internal static string? Of(ProgramType type, AttachType? attachType) => (type, attachType) switch\n    {\n");
        foreach (string[] row in table.Rows.Where(row => row[Instead].Length > 0).DistinctBy(row => (row[Type], row[Attach])).OrderBy(row => row[Attach].Length == 0))
            text.Append($"        (ProgramType.{row[Type]}, {(row[Attach].Length == 0 ? "_" : $"AttachType.{row[Attach]}")}) => \"{row[Instead]}\",\n");
        text.Append("        _ => null,\n    };\n}\n");
        return new GeneratedFile("src/Imker.Linux/Hooks/HookAlternatives.g.cs", text.ToString());
    }
}
