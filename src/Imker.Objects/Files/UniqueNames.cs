namespace Imker.Objects;

/// <summary>Gives each of several things of one name a name of its own.</summary>
internal sealed class UniqueNames
{
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    /// <summary>The name, or with a number behind it where it is taken.</summary>
    public string Take(string name)
    {
        string free = name;
        for (int number = 2; !taken.Add(free); number++)
            free = $"{name}_{number}";
        return free;
    }
}
