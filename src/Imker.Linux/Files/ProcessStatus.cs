using System.Globalization;

namespace Imker.Linux;

/// <summary>Lines of <c>/proc/PID/status</c> (proc_pid_status(5)).</summary>
/// <param name="UserId">Whom the process acts as on files; what it creates is theirs.</param>
/// <param name="InnermostId">Its id in its own pid namespace.</param>
internal readonly record struct ProcessStatus(uint UserId, int InnermostId)
{
    private const int FileSystemUser = 3;

    /// <summary>Null when the process is gone.</summary>
    internal static ProcessStatus? TryRead(int processId) =>
        PseudoFile.TryReadText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status")) is { } text ? Parse(text, processId) : null;

    /// <param name="text">The file.</param>
    /// <param name="processId">Where there are no namespaces, the only id that there is.</param>
    internal static ProcessStatus? Parse(string text, int processId)
    {
        uint? user = null;
        int innermost = processId;
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split(['\t', ' '], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["Uid:", .. var users] && users.Length > FileSystemUser && uint.TryParse(users[FileSystemUser], NumberStyles.None, null, out uint id))
                user = id;
            else if (words is ["NSpid:", .., var last] && int.TryParse(last, NumberStyles.None, null, out int number))
                innermost = number;
        }
        return user is { } owner ? new ProcessStatus(owner, innermost) : null;
    }
}
