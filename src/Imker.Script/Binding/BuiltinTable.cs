using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>A value that every probe can read without arguments.</summary>
/// <param name="Name">As scripts write it.</param>
/// <param name="Variable">What it is.</param>
/// <param name="Type">Its type.</param>
internal sealed record BuiltinRow(string Name, BuiltinVariable Variable, ScriptType Type);

/// <summary>The builtins. Those with a meaning that depends on the probe or on the target are bound by name.</summary>
internal static class BuiltinTable
{
    private static readonly BuiltinRow[] Rows =
    [
        new("pid", BuiltinVariable.Pid, ScriptType.UInt32),
        new("tid", BuiltinVariable.Tid, ScriptType.UInt32),
        new("uid", BuiltinVariable.Uid, ScriptType.UInt64),
        new("gid", BuiltinVariable.Gid, ScriptType.UInt64),
        new("comm", BuiltinVariable.Comm, new StringType(16)),
        new("nsecs", BuiltinVariable.Nsecs, ScriptType.UInt64),
        new("elapsed", BuiltinVariable.Elapsed, ScriptType.UInt64),
        new("cpu", BuiltinVariable.Cpu, ScriptType.UInt32),
        new("rand", BuiltinVariable.Rand, ScriptType.UInt32),
        new("cgroup", BuiltinVariable.Cgroup, ScriptType.UInt64),
        new("cpid", BuiltinVariable.ChildPid, ScriptType.UInt32),
        new("jiffies", BuiltinVariable.Jiffies, ScriptType.UInt64),
        new("numaid", BuiltinVariable.NumaNode, ScriptType.UInt32),
        new("username", BuiltinVariable.UserName, new UserNameType()),
    ];

    private static readonly Dictionary<string, BuiltinRow> ByName = Rows.ToDictionary(row => row.Name);

    // Bound by ProbeBinder.BindName.
    private static readonly string[] Special =
        ["args", "arg0", "retval", "func", "probe", "probetype", "kstack", "ustack", "curtask", "ctx", "ncpus"];

    /// <summary>Part of the language, but not of this version.</summary>
    public static string[] NotSupported { get; } =
        ["ppid", "pcomm", "leader_tid", "leader_comm", "has_cpid", "usermode", "config", "sarg0"];

    public static IEnumerable<string> Names => ByName.Keys.Concat(Special);

    public static BuiltinRow? Find(string name) => ByName.GetValueOrDefault(name);
}
