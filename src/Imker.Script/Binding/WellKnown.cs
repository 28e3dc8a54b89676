using System.Collections.Frozen;
using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>Names that scripts take for granted because the headers that they used to include define them as macros.</summary>
internal static class WellKnown
{
    /// <summary>Constants of <c>linux/socket.h</c> and <c>linux/sched.h</c>; enumerators come from BTF.</summary>
    public static FrozenDictionary<string, long> Constants { get; } = new Dictionary<string, long>
    {
        ["AF_UNSPEC"] = 0, ["AF_UNIX"] = 1, ["AF_INET"] = 2, ["AF_INET6"] = 10, ["AF_NETLINK"] = 16, ["AF_PACKET"] = 17, ["AF_VSOCK"] = 40,
        ["TASK_RUNNING"] = 0, ["TASK_INTERRUPTIBLE"] = 1, ["TASK_UNINTERRUPTIBLE"] = 2,
        ["NULL"] = 0,
    }.ToFrozenDictionary();

    /// <summary>Signals as x86-64 and arm64 number them (signal(7)).</summary>
    public static FrozenDictionary<string, int> Signals { get; } = new Dictionary<string, int>
    {
        ["SIGHUP"] = 1, ["SIGINT"] = 2, ["SIGQUIT"] = 3, ["SIGILL"] = 4, ["SIGTRAP"] = 5, ["SIGABRT"] = 6, ["SIGBUS"] = 7, ["SIGFPE"] = 8,
        ["SIGKILL"] = 9, ["SIGUSR1"] = 10, ["SIGSEGV"] = 11, ["SIGUSR2"] = 12, ["SIGPIPE"] = 13, ["SIGALRM"] = 14, ["SIGTERM"] = 15,
        ["SIGSTKFLT"] = 16, ["SIGCHLD"] = 17, ["SIGCONT"] = 18, ["SIGSTOP"] = 19, ["SIGTSTP"] = 20, ["SIGTTIN"] = 21, ["SIGTTOU"] = 22,
        ["SIGURG"] = 23, ["SIGXCPU"] = 24, ["SIGXFSZ"] = 25, ["SIGVTALRM"] = 26, ["SIGPROF"] = 27, ["SIGWINCH"] = 28, ["SIGIO"] = 29,
        ["SIGPWR"] = 30, ["SIGSYS"] = 31,
    }.ToFrozenDictionary();

    /// <summary>Registers of <c>struct pt_regs</c> of x86-64 in their order (<c>arch/x86/include/asm/ptrace.h</c>).</summary>
    public static string[] RegistersX64 { get; } =
    [
        "r15", "r14", "r13", "r12", "bp", "bx", "r11", "r10", "r9", "r8", "ax", "cx", "dx", "si", "di", "orig_ax", "ip", "cs", "flags",
        "sp", "ss",
    ];

    /// <summary>Registers of <c>struct user_pt_regs</c> of arm64 in their order.</summary>
    public static string[] RegistersArm64 { get; } = [.. Enumerable.Range(0, 31).Select(i => $"r{i}"), "sp", "pc", "pstate"];

    /// <summary>Integer types by the names of the language, of C, and of the kernel.</summary>
    public static FrozenDictionary<string, IntegerType> Integers { get; } = new Dictionary<string, IntegerType>
    {
        ["int8"] = ScriptType.Int8, ["int16"] = ScriptType.Int16, ["int32"] = ScriptType.Int32, ["int64"] = ScriptType.Int64,
        ["uint8"] = ScriptType.UInt8, ["uint16"] = ScriptType.UInt16, ["uint32"] = ScriptType.UInt32, ["uint64"] = ScriptType.UInt64,
        ["int8_t"] = ScriptType.Int8, ["int16_t"] = ScriptType.Int16, ["int32_t"] = ScriptType.Int32, ["int64_t"] = ScriptType.Int64,
        ["uint8_t"] = ScriptType.UInt8, ["uint16_t"] = ScriptType.UInt16, ["uint32_t"] = ScriptType.UInt32, ["uint64_t"] = ScriptType.UInt64,
        ["s8"] = ScriptType.Int8, ["s16"] = ScriptType.Int16, ["s32"] = ScriptType.Int32, ["s64"] = ScriptType.Int64,
        ["u8"] = ScriptType.UInt8, ["u16"] = ScriptType.UInt16, ["u32"] = ScriptType.UInt32, ["u64"] = ScriptType.UInt64,
        ["__s8"] = ScriptType.Int8, ["__s16"] = ScriptType.Int16, ["__s32"] = ScriptType.Int32, ["__s64"] = ScriptType.Int64,
        ["__u8"] = ScriptType.UInt8, ["__u16"] = ScriptType.UInt16, ["__u32"] = ScriptType.UInt32, ["__u64"] = ScriptType.UInt64,
        ["char"] = ScriptType.Int8, ["short"] = ScriptType.Int16, ["int"] = ScriptType.Int32, ["long"] = ScriptType.Int64,
        ["size_t"] = ScriptType.UInt64, ["ssize_t"] = ScriptType.Int64, ["pid_t"] = ScriptType.Int32, ["uid_t"] = ScriptType.UInt32,
        ["gid_t"] = ScriptType.UInt32, ["off_t"] = ScriptType.Int64, ["loff_t"] = ScriptType.Int64, ["dev_t"] = ScriptType.UInt32,
        ["umode_t"] = ScriptType.UInt16, ["sector_t"] = ScriptType.UInt64, ["gfp_t"] = ScriptType.UInt32, ["uintptr_t"] = ScriptType.UInt64,
    }.ToFrozenDictionary();

    /// <summary>The integer type of words of C such as <c>unsigned long long int</c>; null when they are none.</summary>
    public static IntegerType? IntegerOfWords(string words)
    {
        if (Integers.TryGetValue(words, out IntegerType? known))
            return known;
        string[] parts = words.Split(' ');
        if (parts.Except(["unsigned", "signed", "char", "short", "int", "long"]).Any())
            return null;
        int bytes = parts.Contains("char") ? 1 : parts.Contains("short") ? 2 : parts.Contains("long") ? 8 : 4;
        return IntegerType.Of(bytes, !parts.Contains("unsigned"));
    }
}
