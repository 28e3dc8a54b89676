namespace Imker.Machine;

/// <summary>A map of the machine refused an operation, for the reason that the kernel's map of that type has.</summary>
public sealed class MapOperationException : Exception
{
    internal MapOperationException(string doing, string map, int errno)
        : base($"cannot {doing} map '{map}': {Errno.NameOf(errno)}") => Error = errno;

    /// <summary>Linux's <c>errno</c>, positive.</summary>
    public int Error { get; }
}
