using System.Text;

namespace Imker.TableGenerator;

/// <summary>The link-layer types of packets: a member for each, and the rows to look them up in.</summary>
internal static class LinkLayerWriter
{
    public static GeneratedFile Write(Table table)
    {
        var text = new StringBuilder(GeneratedFile.Header(table));
        text.Append("namespace Imker.Filter;\n\n");
        text.Append("public readonly partial record struct LinkType\n{\n");
        foreach (string[] row in table.Rows)
            text.Append($"    /// <summary>{Escaped(row[4])} (<c>DLT_{row[2]}</c>).</summary>\n    public static LinkType {row[3]} => new({row[0]});\n\n");
        text.Append("    private static readonly LinkTypeRow[] Rows =\n    [\n");
        foreach (string[] row in table.Rows)
            text.Append($"        new({row[0]}, {row[1]}, \"{row[2]}\", \"{row[4]}\"),\n");
        text.Append("    ];\n}\n");
        return new GeneratedFile("src/Imker.Filter/Links/LinkType.g.cs", text.ToString());
    }

    private static string Escaped(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;");
}
