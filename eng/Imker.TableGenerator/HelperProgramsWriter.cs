using System.Text;

namespace Imker.TableGenerator;

/// <summary>Which helpers each kind of program may call, kernel by kernel: a bit a helper.</summary>
internal static class HelperProgramsWriter
{
    private const int BytesOfSet = 27;

    public static GeneratedFile Write(Table table)
    {
        string[] kernels = [.. table.Rows.Select(row => row[0]).Distinct()];
        string[] kinds = [.. table.Rows.Select(row => row[1]).Distinct()];
        var text = new StringBuilder(GeneratedFile.Header(table));
        text.Append("namespace Imker.Verifier.Tables;\n\n/// <summary>The kinds of programs that have a choice of helpers of their own.</summary>\n");
        text.Append("internal enum HelperSetKind\n{\n");
        foreach (string kind in kinds)
            text.Append($"    {Member(kind)},\n");
        text.Append("}\n\ninternal static partial class HelperAvailability\n{\n");
        text.Append($"    private const int BytesOfSet = {BytesOfSet};\n\n    private const int KindCount = {kinds.Length};\n\n");
        text.Append($"    private static ReadOnlySpan<byte> KernelVersions => [{string.Join(", ", kernels.Select(kernel => kernel.Replace(".", ", ")))}];\n\n");
        text.Append("    private static ReadOnlySpan<byte> Sets =>\n    [\n");
        foreach (string[] row in table.Rows)
            text.Append($"        {string.Join(", ", Bits(row[2]))},\n");
        text.Append("    ];\n}\n");
        return new GeneratedFile("src/Imker.Verifier/Tables/HelperAvailability.g.cs", text.ToString());
    }

    private static byte[] Bits(string cell)
    {
        byte[] set = new byte[BytesOfSet];
        foreach (string range in cell.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            int[] ends = [.. range.Split('-').Select(int.Parse)];
            for (int id = ends[0]; id <= ends[^1]; id++)
                set[id / 8] |= (byte)(1 << id % 8);
        }
        return set;
    }

    private static string Member(string kind) => string.Concat(kind.Split('_', '.').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
