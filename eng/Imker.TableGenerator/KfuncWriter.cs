using System.Text;

namespace Imker.TableGenerator;

/// <summary>The kernel functions that programs may call, as a switch over their names: nothing is made before one is called.</summary>
internal static class KfuncWriter
{
    private static readonly Dictionary<string, string> Flags = new()
    {
        ["ret_null"] = "ReturnsNull",
        ["rcu"] = "RcuArguments",
        ["rcu_protected"] = "NeedsRcu",
        ["trusted"] = "TrustedArguments",
    };

    public static GeneratedFile Write(Table table)
    {
        var text = new StringBuilder(GeneratedFile.Header(table));
        text.Append("#nullable enable\nnamespace Imker.Verifier.Tables;\n\ninternal static partial class KfuncTable\n{\n");
        text.Append("    private static Kfunc? Row(string name) => name switch\n    {\n");
        foreach (string[] row in table.Rows)
            text.Append($"        \"{row[0]}\" => new(name, {Or("KfuncFlags", row[1])}, {Or("KfuncPrograms", row[2])}),\n");
        text.Append("        _ => null,\n    };\n}\n");
        return new GeneratedFile("src/Imker.Verifier/Tables/KfuncTable.g.cs", text.ToString());
    }

    private static string Or(string type, string cell) => cell.Length == 0
        ? $"{type}.None"
        : string.Join(" | ", cell.Split(',').Select(word => $"{type}.{Flags.GetValueOrDefault(word) ?? Member(word)}"));

    private static string Member(string word) => string.Concat(word.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
