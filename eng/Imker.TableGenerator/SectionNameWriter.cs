using System.Text;

namespace Imker.TableGenerator;

/// <summary>The sections of code, and what their names say of the programs in them.</summary>
internal static class SectionNameWriter
{
    public static GeneratedFile Write(Table table)
    {
        var text = new StringBuilder(GeneratedFile.Header(table));
        text.Append("using System.Collections.Immutable;\nusing Imker.Bytecode;\n\nnamespace Imker.Objects;\n\n");
        text.Append("/// <summary>All names that sections of code have.</summary>\ninternal static class SectionNames\n{\n");
        text.Append("    public static ImmutableArray<SectionName> All { get; } =\n    [\n");
        foreach (string[] row in table.Rows)
            text.Append($"        new({string.Join(", ", Arguments(row))}),\n");
        text.Append("    ];\n}\n");
        return new GeneratedFile("src/Imker.Objects/Sections/SectionNames.g.cs", text.ToString());
    }

    private static IEnumerable<string> Arguments(string[] row)
    {
        yield return $"\"{row[0]}\"";
        yield return $"ProgramType.{row[2]}";
        yield return row[3].Length == 0 ? "null" : $"AttachType.{row[3]}";
        yield return row[1].Length == 0 ? "SectionTarget.None" : $"SectionTarget.{Pascal(row[1])}";
        if (row[4].Length > 0)
            yield return row[4] == "sleepable" ? "IsSleepable: true" : "TakesFragments: true";
    }

    private static string Pascal(string name) => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
