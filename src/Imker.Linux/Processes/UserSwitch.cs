using System.Globalization;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Gives up root's rights for good and goes on as an ordinary user.</summary>
public static unsafe class UserSwitch
{
    /// <summary>Becomes a user of <c>/etc/passwd</c>, with the groups that it has in <c>/etc/group</c>.</summary>
    /// <exception cref="BpfException">The kernel refuses.</exception>
    /// <exception cref="InvalidDataException">There is no such user.</exception>
    public static void Become(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (uint user, uint group) = Find(name, PseudoFile.TryReadText("/etc/passwd") ?? "");
        uint[] groups = [group, .. GroupsOf(name, PseudoFile.TryReadText("/etc/group") ?? "")];
        string doing = $"go on as user {name}";
        fixed (uint* pointer = groups)
            Must(Libc.SetGroups((nuint)groups.Length, pointer), "setgroups");
        Must(Libc.SetGroupIds(group, group, group), "setresgid");
        Must(Libc.SetUserIds(user, user, user), "setresuid");

        void Must(int result, string call)
        {
            if (result < 0)
                throw new BpfException(doing, call, Libc.LastError, "only root can become another user");
        }
    }

    internal static (uint User, uint Group) Find(string name, string passwords)
    {
        foreach (string line in passwords.Split('\n'))
        {
            if (line.Split(':') is [var user, _, var id, var group, ..] && user == name && TryParse(id, out uint userId) && TryParse(group, out uint groupId))
                return (userId, groupId);
        }
        throw new InvalidDataException($"cannot go on as user {name}: /etc/passwd has no such user");
    }

    internal static IEnumerable<uint> GroupsOf(string name, string groups)
    {
        foreach (string line in groups.Split('\n'))
        {
            if (line.Split(':') is [_, _, var id, var members, ..] && members.Split(',').Contains(name) && TryParse(id, out uint groupId))
                yield return groupId;
        }
    }

    private static bool TryParse(string text, out uint number) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
