namespace Imker.Objects;

/// <summary>How enumerations are spelled in JSON.</summary>
internal static class ModelNames
{
    /// <summary>The member's name with a small first letter.</summary>
    public static string Of<T>(T member)
        where T : struct, Enum
    {
        string name = member.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
