namespace Imker.Linux;

/// <summary>The process that holds a socket.</summary>
/// <param name="ProcessId">The first that was found where several share it.</param>
/// <param name="Name">As <c>/proc/PID/comm</c> says. It is the process's own word.</param>
/// <param name="Cgroup">Its path in the unified hierarchy; empty where there is none.</param>
public sealed record SocketOwner(int ProcessId, string Name, string Cgroup)
{
    /// <summary>What a process is called now; null when there is none.</summary>
    public static string? NameOf(int processId) => PseudoFile.TryReadText($"/proc/{processId}/comm")?.TrimEnd('\n');
}
