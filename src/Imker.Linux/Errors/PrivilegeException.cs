namespace Imker.Linux;

/// <summary>This process may not do what it is asked for: what is missing, and how to get it.</summary>
public sealed class PrivilegeException : Exception
{
    internal PrivilegeException(string message)
        : base(message)
    {
    }
}
