using Imker.Btf;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Script.Tests.Binding;

/// <summary>A small machine that answers the binder's questions: a libc with a few functions, a few tracepoints.</summary>
internal sealed class FakeTarget : ITargetFacts
{
    private static readonly Dictionary<string, TracepointFormat> Formats = new()
    {
        ["syscalls:sys_enter_openat"] = Format("syscalls", "sys_enter_openat", ("int", "__syscall_nr", 4, true, 0), ("int", "dfd", 8, true, 0),
            ("const char *", "filename", 8, false, 0), ("int", "flags", 8, true, 0), ("umode_t", "mode", 8, false, 0)),
        ["syscalls:sys_enter_open"] = Format("syscalls", "sys_enter_open", ("int", "__syscall_nr", 4, true, 0),
            ("const char *", "filename", 8, false, 0), ("int", "flags", 8, true, 0), ("umode_t", "mode", 8, false, 0)),
        ["syscalls:sys_exit_openat"] = Format("syscalls", "sys_exit_openat", ("int", "__syscall_nr", 4, true, 0), ("long", "ret", 8, true, 0)),
        ["syscalls:sys_enter_execve"] = Format("syscalls", "sys_enter_execve", ("int", "__syscall_nr", 4, true, 0),
            ("const char *", "filename", 8, false, 0), ("const char *const *", "argv", 8, false, 0)),
        ["sched:sched_switch"] = Format("sched", "sched_switch", ("char", "prev_comm", 16, false, 16), ("pid_t", "prev_pid", 4, true, 0),
            ("int", "prev_prio", 4, true, 0), ("long", "prev_state", 8, true, 0), ("char", "next_comm", 16, false, 16), ("pid_t", "next_pid", 4, true, 0)),
        ["sched:sched_process_exec"] = Format("sched", "sched_process_exec", ("__data_loc char[]", "filename", 4, false, 0), ("pid_t", "pid", 4, true, 0)),
    };

    private static readonly string[] LibcFunctions = ["getaddrinfo", "gethostbyname", "gethostbyname2", "malloc", "free", "calloc"];

    public HashSet<KernelFeature> Lacks { get; init; } = [];

    public string? TracepointProblem { get; init; }

    public TargetArchitecture Architecture => TargetArchitecture.X64;

    public Version KernelVersion => new(6, 12);

    public int PossibleCpus { get; init; } = 4;

    public PidNamespace? PidNamespace => null;

    public BtfFile? KernelBtf => null;

    public bool Has(KernelFeature feature) => !Lacks.Contains(feature);

    public bool HasHelper(ProgramType type, HelperId helper) => true;

    public IReadOnlyList<string>? TracepointCategories() => ["sched", "syscalls"];

    public IReadOnlyList<string>? TracepointEvents(string category) =>
        [.. Formats.Keys.Where(key => key.StartsWith(category + ":", StringComparison.Ordinal)).Select(key => key[(category.Length + 1)..])];

    public TracepointFormat? Tracepoint(string category, string name) => Formats.GetValueOrDefault($"{category}:{name}");

    public string? FindBinary(string name, int? processId) => name switch
    {
        "libc" or "/lib/libc.so.6" => "/lib/libc.so.6",
        "libpthread" => "/lib/libpthread.so.0",
        _ => null,
    };

    public UserFunction? FindFunction(string binary, string symbol) =>
        binary == "/lib/libc.so.6" && LibcFunctions.Contains(symbol) ? new UserFunction(0x1000, 64) : null;

    public IReadOnlyList<string> Functions(string binary) => binary == "/lib/libc.so.6" ? LibcFunctions : [];

    public ulong? KernelSymbol(string name) => name == "avenrun" ? 0xffffffff81000000 : null;

    private static TracepointFormat Format(string category, string name, params (string Type, string Name, int Size, bool IsSigned, int Count)[] fields)
    {
        int offset = 8;
        var list = new List<TracepointField>();
        foreach ((string type, string field, int size, bool isSigned, int count) in fields)
        {
            offset = (offset + Math.Min(size, 8) - 1) / Math.Min(size, 8) * Math.Min(size, 8);
            DataLocation location = type.StartsWith("__data_loc", StringComparison.Ordinal) ? DataLocation.FromContext : DataLocation.Inline;
            list.Add(new TracepointField(field, type, offset, size, isSigned, count, location));
            offset += size;
        }
        return new TracepointFormat(category, name, 1, [.. list]);
    }
}
