using System.Text;

namespace Imker.TableGenerator;

/// <summary>The instruction set: every form, and the other spellings that the assembler takes.</summary>
internal static class InstructionWriter
{
    private static readonly Dictionary<string, string> Groups = new()
    {
        ["base32"] = "Base32",
        ["base64"] = "Base64",
        ["divmul32"] = "DivMul32",
        ["divmul64"] = "DivMul64",
        ["atomic32"] = "Atomic32",
        ["atomic64"] = "Atomic64",
        ["packet"] = "Packet",
        ["extension"] = "Extension",
    };

    public static GeneratedFile WriteForms(Table table)
    {
        var text = new StringBuilder(GeneratedFile.Header(table));
        text.Append("using System.Collections.Immutable;\n\nnamespace Imker.Bytecode;\n\n");
        text.Append("public static partial class InstructionForms\n{\n");
        text.Append("    private static ImmutableArray<InstructionForm> Rows(byte opcode) => opcode switch\n    {\n");
        foreach (IGrouping<string, string[]> opcode in table.Rows.GroupBy(row => row[0]))
        {
            text.Append($"        0x{opcode.Key} =>\n        [\n");
            foreach (string[] row in opcode)
                text.Append($"            {Form(row)},\n");
            text.Append("        ],\n");
        }
        text.Append("        _ => [],\n    };\n}\n");
        return new GeneratedFile("src/Imker.Bytecode/Tables/InstructionForms.g.cs", text.ToString());
    }

    public static GeneratedFile WriteAliases(Table table)
    {
        var text = new StringBuilder(GeneratedFile.Header(table));
        text.Append("namespace Imker.Bytecode.Text;\n\n");
        text.Append("internal static class InstructionAliases\n{\n");
        text.Append("    public static InstructionPattern[] Rows() =>\n    [\n");
        foreach (string[] row in table.Rows)
            text.Append($"        new({Fields(row)}, \"{row[4]}\"),\n");
        text.Append("    ];\n}\n");
        return new GeneratedFile("src/Imker.Bytecode/Text/InstructionAliases.g.cs", text.ToString());
    }

    private static string Form(string[] row)
    {
        string since = row[5].Length == 0 ? "null" : $"new Version({row[5].Replace(".", ", ")})";
        return $"new({Fields(row)}, ConformanceGroup.{Groups[row[4]]}, {since}, \"{row[6]}\")";
    }

    private static string Fields(string[] row) => $"0x{row[0]}, {OrZero(row[1])}, {OrZero(row[2])}, {OrZero(row[3])}";

    private static string OrZero(string cell) => cell.Length == 0 ? "0" : cell;
}
