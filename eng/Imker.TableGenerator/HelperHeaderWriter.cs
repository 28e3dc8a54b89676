using System.Text;

namespace Imker.TableGenerator;

/// <summary>The helpers as a header for C: a pointer to a function each, whose address is the helper's number.</summary>
internal static class HelperHeaderWriter
{
    private const string Unsigned64 = "__u64", Unsigned32 = "__u32";

    /// <summary>What takes further arguments in C.</summary>
    private const string Variadic = "bpf_trace_printk";

    // The kernel's tables say of a number only that it is one: these are no signed results.
    private static readonly Dictionary<string, string> Results = new()
    {
        ["bpf_get_prandom_u32"] = Unsigned32,
        ["bpf_get_smp_processor_id"] = Unsigned32,
        ["bpf_get_cgroup_classid"] = Unsigned32,
        ["bpf_get_route_realm"] = Unsigned32,
        ["bpf_get_hash_recalc"] = Unsigned32,
        ["bpf_get_socket_uid"] = Unsigned32,
        ["bpf_get_current_pid_tgid"] = Unsigned64,
        ["bpf_get_current_uid_gid"] = Unsigned64,
        ["bpf_get_current_task"] = Unsigned64,
        ["bpf_perf_event_read"] = Unsigned64,
        ["bpf_get_socket_cookie"] = Unsigned64,
        ["bpf_skb_cgroup_id"] = Unsigned64,
        ["bpf_get_current_cgroup_id"] = Unsigned64,
        ["bpf_skb_ancestor_cgroup_id"] = Unsigned64,
        ["bpf_jiffies64"] = Unsigned64,
        ["bpf_get_netns_cookie"] = Unsigned64,
        ["bpf_get_current_ancestor_cgroup_id"] = Unsigned64,
        ["bpf_sk_cgroup_id"] = Unsigned64,
        ["bpf_sk_ancestor_cgroup_id"] = Unsigned64,
        ["bpf_ringbuf_query"] = Unsigned64,
        ["bpf_skb_cgroup_classid"] = Unsigned64,
        ["bpf_get_func_ip"] = Unsigned64,
        ["bpf_get_attach_cookie"] = Unsigned64,
        ["bpf_get_func_arg_cnt"] = Unsigned64,
        ["bpf_xdp_get_buff_len"] = Unsigned64,
        ["bpf_tcp_gen_syncookie"] = "__s64",
    };

    // Arguments that the verifier takes anything for, and that C programs give pointers to.
    private static readonly HashSet<string> Pointers = ["unsafe_ptr", "user_ptr"];

    private static readonly Dictionary<string, string> Sockets = new()
    {
        ["socket"] = "struct bpf_sock *",
        ["tcp_sock"] = "struct bpf_tcp_sock *",
        ["sock_common"] = "struct bpf_sock *",
    };

    public static GeneratedFile Write(Table table)
    {
        var text = new StringBuilder(GeneratedFile.Header(table));
        text.Append("#pragma once\n\n");
        foreach (string name in table.Rows.SelectMany(Structs).Distinct().Order(StringComparer.Ordinal))
            text.Append($"struct {name};\n");
        text.Append('\n');
        foreach (string[] row in table.Rows)
            text.Append($"static {Result(row)}(* const {row[1]})({Parameters(row)}) = (void *){row[0]};{Remark(row)}\n");
        return new GeneratedFile("src/Imker.Inspect/C/include/bpf/bpf_helper_defs.h", text.ToString());
    }

    private static IEnumerable<string> Structs(string[] row) =>
        from type in row[6].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(argument => Parameter(argument)).Append(Result(row))
        let at = type.IndexOf("struct ", StringComparison.Ordinal)
        where at >= 0
        select type[(at + "struct ".Length)..].Split(' ')[0];

    private static string Remark(string[] row)
    {
        string since = row[2].Length > 0 ? $"Linux {row[2]}" : "";
        return $" // {since}{(row[4].Length > 0 ? ", GPL" : "")}{(row[5].Length > 0 ? ", may sleep" : "")}";
    }

    private static string Result(string[] row)
    {
        (string kind, string? type) = Split(row[3]);
        if (Results.TryGetValue(row[1], out string? known))
            return known + " ";
        if (row[1].StartsWith("bpf_ktime_get_", StringComparison.Ordinal))
            return Unsigned64 + " ";
        return kind switch
        {
            "int" => "long ",
            "void" => "void ",
            "btf" when type is not null => $"struct {type} *",
            _ => Sockets.GetValueOrDefault(kind) ?? "void *",
        };
    }

    private static string Parameters(string[] row)
    {
        string[] arguments = row[6].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (row[1] == Variadic)
            return string.Join(", ", arguments.Take(2).Select(Parameter)) + ", ...";
        return arguments.Length == 0 ? "void" : string.Join(", ", arguments.Select(Parameter));
    }

    private static string Parameter(string argument)
    {
        string[] nameAndKind = argument.Split(':');
        string name = nameAndKind[0];
        (string kind, string? type) = Split(nameAndKind[1]);
        bool isRead = nameAndKind[1].Contains("(read", StringComparison.Ordinal);
        string declared = kind switch
        {
            "anything" => Pointers.Contains(name) ? "const void *" : Unsigned64 + " ",
            "scalar" or "alloc_size" => Unsigned64 + " ",
            "size" or "size_or_zero" => Unsigned32 + " ",
            "const_str" => "const char *",
            "map_key" => "const void *",
            "mem" or "fixed_mem" or "map_value" => isRead ? "const void *" : "void *",
            "timer" => "struct bpf_timer *",
            "spin_lock" => "struct bpf_spin_lock *",
            "dynptr" => "struct bpf_dynptr *",
            "btf" when type is not null => $"struct {type} *",
            _ => "void *",
        };
        return declared + name;
    }

    private static (string Kind, string? Type) Split(string cell)
    {
        int open = cell.IndexOf('(');
        if (open < 0)
            return (cell, null);
        string first = cell[(open + 1)..^1].Split(',')[0];
        return (cell[..open], first is "null" or "release" or "read" or "write" or "update" or "local" or "ringbuf" ? null : first);
    }
}
