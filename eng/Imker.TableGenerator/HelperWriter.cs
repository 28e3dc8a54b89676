using System.Text;

namespace Imker.TableGenerator;

/// <summary>The helpers: their ids and their prototypes.</summary>
internal static class HelperWriter
{
    private const string NamePrefix = "bpf_";

    private static readonly Dictionary<string, string> Returns = new()
    {
        ["int"] = "Integer",
        ["void"] = "Void",
        ["map_value"] = "MapValue",
        ["socket"] = "Socket",
        ["tcp_sock"] = "TcpSocket",
        ["sock_common"] = "SocketCommon",
        ["ringbuf_mem"] = "RingBufferRecord",
        ["dynptr_mem"] = "DynptrData",
        ["btf"] = "BtfPointer",
        ["percpu_mem"] = "PerCpuVariable",
    };

    private static readonly Dictionary<string, string> Arguments = new()
    {
        ["anything"] = "Anything",
        ["scalar"] = "Scalar",
        ["ctx"] = "Context",
        ["map"] = "Map",
        ["map_key"] = "MapKey",
        ["map_value"] = "MapValue",
        ["mem"] = "Memory",
        ["fixed_mem"] = "FixedMemory",
        ["size"] = "Size",
        ["size_or_zero"] = "SizeOrZero",
        ["alloc_size"] = "AllocationSize",
        ["spin_lock"] = "SpinLock",
        ["timer"] = "Timer",
        ["func"] = "Callback",
        ["stack"] = "CallbackContext",
        ["const_str"] = "ConstantString",
        ["dynptr"] = "Dynptr",
        ["kptr"] = "KptrField",
        ["btf"] = "BtfPointer",
        ["sock_common"] = "SocketCommon",
        ["btf_sock_common"] = "BtfSocketCommon",
        ["socket"] = "Socket",
        ["percpu_btf"] = "PerCpuVariable",
        ["ringbuf_mem"] = "RingBufferRecord",
    };

    public static GeneratedFile WriteIds(Table table)
    {
        var text = new StringBuilder(GeneratedFile.Header(table));
        text.Append("namespace Imker.Bytecode;\n\n");
        text.Append("/// <summary>The helpers by their numbers (<c>enum bpf_func_id</c>).</summary>\n");
        text.Append("public enum HelperId\n{\n");
        text.AppendJoin("\n", table.Rows.Select(row =>
            $"    /// <summary><c>{row[1]}</c>, kernel {row[2]}</summary>\n    {Member(row[1])} = {row[0]},\n"));
        text.Append("}\n");
        return new GeneratedFile("src/Imker.Bytecode/Tables/HelperId.g.cs", text.ToString());
    }

    public static GeneratedFile WritePrototypes(Table table)
    {
        var text = new StringBuilder(GeneratedFile.Header(table));
        text.Append("namespace Imker.Bytecode;\n\n");
        text.Append("public static partial class HelperTable\n{\n");
        text.Append($"    private const int Count = {table.Rows.Count};\n\n");
        text.Append("    private static HelperPrototype Row(int number) => number switch\n    {\n");
        foreach (string[] row in table.Rows)
            text.Append($"        {row[0]} => {Prototype(row)},\n");
        text.Append("        _ => throw new ArgumentOutOfRangeException(nameof(number), number, \"There is no such helper.\"),\n    };\n}\n");
        return new GeneratedFile("src/Imker.Bytecode/Tables/HelperTable.g.cs", text.ToString());
    }

    private static string Prototype(string[] row)
    {
        string arguments = string.Join(", ", row[6].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Argument));
        string flags = (row[4].Length > 0 ? ", gplOnly: true" : "") + (row[5].Length > 0 ? ", maySleep: true" : "");
        return $"new(HelperId.{Member(row[1])}, \"{row[1]}\", new Version({row[2].Replace(".", ", ")}), {Return(row[3])}, [{arguments}]{flags})";
    }

    private static string Return(string cell)
    {
        (string kind, string[] modifiers) = Split(cell);
        var parts = new List<string> { $"HelperReturnKind.{Returns[kind]}" };
        foreach (string modifier in modifiers)
            parts.Add(modifier == "null" ? "mayBeNull: true" : $"btfType: \"{modifier}\"");
        return $"new({string.Join(", ", parts)})";
    }

    private static string Argument(string cell)
    {
        string[] nameAndKind = cell.Split(':');
        (string kind, string[] modifiers) = Split(nameAndKind[1]);
        var parts = new List<string> { $"\"{nameAndKind[0]}\"", $"HelperArgumentKind.{Arguments[kind]}" };
        parts.AddRange(modifiers.Select(Modifier));
        return $"new({string.Join(", ", parts)})";
    }

    private static string Modifier(string modifier) => modifier switch
    {
        "read" => "access: MemoryAccess.Read",
        "write" => "access: MemoryAccess.Write",
        "update" => "access: MemoryAccess.Update",
        "null" => "mayBeNull: true",
        "release" => "releases: true",
        "local" => "dynptr: DynptrKind.Local",
        "ringbuf" => "dynptr: DynptrKind.RingBuffer",
        _ when int.TryParse(modifier, out int size) => $"size: {size}",
        _ => $"btfType: \"{modifier}\"",
    };

    private static (string Kind, string[] Modifiers) Split(string cell)
    {
        int open = cell.IndexOf('(');
        return open < 0 ? (cell, []) : (cell[..open], cell[(open + 1)..^1].Split(','));
    }

    // bpf_map_lookup_elem is MapLookupElem.
    private static string Member(string name) =>
        string.Concat(name[NamePrefix.Length..].Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
