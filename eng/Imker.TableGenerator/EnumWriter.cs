using System.Text;

namespace Imker.TableGenerator;

/// <summary>An enumeration of the kernel: the enum, and the names and versions of its members.</summary>
internal static class EnumWriter
{
    public static GeneratedFile Write(Table table, string type, string summary)
    {
        var text = new StringBuilder(GeneratedFile.Header(table));
        text.Append("namespace Imker.Bytecode;\n\n");
        text.Append($"/// <summary>{summary}</summary>\n");
        text.Append($"public enum {type}\n{{\n");
        text.AppendJoin("\n", table.Rows.Select(row => $"    /// <summary><c>{row[1]}</c>{Since(row[3])}</summary>\n    {row[2]} = {row[0]},\n"));
        text.Append("}\n\n");
        text.Append("public static partial class KernelConstants\n{\n");
        text.Append($"    public static KernelConstantTable<{type}> {type}s {{ get; }} = new(\n    [\n");
        foreach (string[] row in table.Rows)
            text.Append($"        new({type}.{row[2]}, \"{row[1]}\", new Version({Version(row[3])})),\n");
        text.Append("    ]);\n}\n");
        return new GeneratedFile($"src/Imker.Bytecode/Tables/{type}.g.cs", text.ToString());
    }

    private static string Since(string version) => version.Length == 0 ? "" : $", kernel {version}";

    private static string Version(string version) => version.Length == 0 ? "0, 0" : version.Replace(".", ", ");
}
