using System.Globalization;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// Whose word counts when we act with rights that an ordinary user does not have: root's, our own user's, and that of the one who ran
/// sudo.
/// </summary>
internal sealed class Trust
{
    private readonly uint[] users;

    internal Trust(params ReadOnlySpan<uint> users) => this.users = [0, .. users];

    /// <summary>Null for a process without such rights: what it can do, the writer of a file could not do through it.</summary>
    internal static Trust? OfThisProcess
    {
        get
        {
            Capabilities held = Capabilities.OfThisProcess;
            uint user = Libc.EffectiveUserId();
            if (user != 0 && !held.Has(Capability.Bpf) && !held.Has(Capability.Perfmon))
                return null;
            return user == 0 && uint.TryParse(Environment.GetEnvironmentVariable("SUDO_UID"), NumberStyles.None, CultureInfo.InvariantCulture, out uint invoker)
                ? new Trust(user, invoker)
                : new Trust(user);
        }
    }

    /// <summary>Why others can change a file, and what mends it; null when they cannot.</summary>
    /// <param name="path">As the user knows it.</param>
    /// <param name="file">A file or directory.</param>
    internal string? WhoCanWrite(string path, in FileStatus file)
    {
        if (!IsTrusted(file))
            return $"user {file.UserId} owns {path} and can change it: 'chown root {path}'";
        if (file.IsWorldWritable)
            return $"everybody can write {path}: 'chmod go-w {path}'";
        return file.IsGroupWritable ? $"the group {file.GroupId} can write {path}: 'chmod g-w {path}'" : null;
    }

    /// <summary>
    /// Why others can have another file take the place of an entry, and what mends it; null when they cannot. In a sticky directory
    /// they can only put in entries of their own.
    /// </summary>
    internal string? WhoCanReplace(in PathStep step)
    {
        if (!step.DirectoryStatus.IsSticky || !IsTrusted(step.DirectoryStatus))
            return WhoCanWrite(step.Directory, step.DirectoryStatus);
        return IsTrusted(step.Status) ? null : $"user {step.Status.UserId} owns {step.Path}, and everybody can put files into {step.Directory}: name another file";
    }

    private bool IsTrusted(in FileStatus file) => users.Contains(file.UserId);
}
