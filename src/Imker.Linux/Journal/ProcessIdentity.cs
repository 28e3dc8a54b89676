using System.Globalization;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>A process as no other one is ever named: numbers are given again, also with the time of the start after another boot.</summary>
/// <param name="Id">Its number in this process's namespace.</param>
/// <param name="StartTime">Clock ticks from boot to its start, field 22 of <c>/proc/PID/stat</c>.</param>
/// <param name="Boot">The boot's own number.</param>
/// <param name="Namespace">Of process numbers, by its inode.</param>
internal readonly record struct ProcessIdentity(int Id, ulong StartTime, string Boot, ulong Namespace)
{
    private const int StartTimeField = 22, StateField = 3;

    internal static ProcessIdentity OfThisProcess { get; } = new(Environment.ProcessId, StartTimeOf(Environment.ProcessId), ReadBoot(), ReadNamespace());

    /// <summary>Whether it has ended for certain: of one in another namespace nothing is known here.</summary>
    internal bool HasEnded => !IsOfThisBoot || (Namespace == ReadNamespace() && StartTimeOf(Id) != StartTime);

    internal bool IsOfThisBoot => Boot == ReadBoot();

    /// <summary>0 where there is no such process, or only what is left of it until its parent asks.</summary>
    private static ulong StartTimeOf(int id)
    {
        string stat = PseudoFile.TryReadText($"/proc/{id}/stat") ?? "";
        // The name, in parentheses, may hold anything, so what is behind the last one counts.
        int end = stat.LastIndexOf(')');
        string[] fields = end < 0 ? [] : stat[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartTimeField - StateField && fields[0] is not ("Z" or "X")
            && ulong.TryParse(fields[StartTimeField - StateField], CultureInfo.InvariantCulture, out ulong time) ? time : 0;
    }

    private static ulong ReadNamespace() => FileFacts.TryGet("/proc/self/ns/pid", out FileStatus status) ? status.Inode : 0;

    private static string ReadBoot() => PseudoFile.TryReadText("/proc/sys/kernel/random/boot_id")?.Trim() ?? "";
}
