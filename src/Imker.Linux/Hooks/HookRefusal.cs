using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>What to say when the kernel does not take a program or an attachment: refused or unsupported, and what would do instead.</summary>
internal static class HookRefusal
{
    /// <param name="doing">Completes "cannot …".</param>
    /// <param name="command">What was asked.</param>
    /// <param name="error">The answer.</param>
    /// <param name="type">Of the program.</param>
    /// <param name="attachType">What it was for; null where the type has none.</param>
    internal static BpfException Of(string doing, BpfCommand command, Errno error, ProgramType type, AttachType? attachType) =>
        Of(doing, command.KernelName(), error, type, attachType);

    internal static BpfException Of(string doing, string call, Errno error, ProgramType type, AttachType? attachType) =>
        new(doing, call, error, Hint(error, type, attachType));

    /// <summary>For who knows that the kernel lacks what is needed, whatever number it says that with.</summary>
    internal static BpfException Unsupported(string doing, string call, Errno error, ProgramType type, AttachType? attachType) =>
        new(doing, call, error, Hint(Errno.NotSupported, type, attachType));

    private static string? Hint(Errno error, ProgramType type, AttachType? attachType)
    {
        string? instead = HookAlternatives.Of(type, attachType) is { Length: > 0 } other ? $"instead: {other}" : null;
        if (error == Errno.NotPermitted || error == Errno.AccessDenied)
        {
            string? privilege = BpfException.PrivilegeHint(error, [Capability.Bpf, IsNetworking(type) ? Capability.NetAdmin : Capability.Perfmon]);
            return Join($"refused: {privilege}", instead);
        }
        return IsUnsupported(error) ? Join("unsupported by this kernel", instead) : null;
    }

    private static bool IsUnsupported(Errno error) =>
        error == Errno.Invalid || error == Errno.NotSupported || error == Errno.NotSupportedInside || error == Errno.NoSystemCall;

    private static bool IsNetworking(ProgramType type) =>
        type is not (ProgramType.Kprobe or ProgramType.Tracepoint or ProgramType.PerfEvent or ProgramType.RawTracepoint
            or ProgramType.RawTracepointWritable or ProgramType.Tracing or ProgramType.Lsm or ProgramType.Extension or ProgramType.Syscall);

    private static string Join(string first, string? second) => second is null ? first : $"{first}; {second}";
}
