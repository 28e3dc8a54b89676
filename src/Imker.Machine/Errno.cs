namespace Imker.Machine;

/// <summary>The numbers that helpers and maps answer with, negated; those of Linux on every system (<c>asm-generic/errno.h</c>).</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int TooBig = 7;
    public const int Again = 11;
    public const int NoMemory = 12;
    public const int BadAddress = 14;
    public const int Busy = 16;
    public const int Exists = 17;
    public const int Invalid = 22;
    public const int NoSpace = 28;
    public const int OutOfRange = 34;
    public const int NotSupported = 95;
    public const int NotSupportedInside = 524;

    /// <summary>Its name, such as <c>EINVAL</c>.</summary>
    public static string NameOf(int errno) => errno switch
    {
        NotPermitted => "EPERM",
        NoEntry => "ENOENT",
        TooBig => "E2BIG",
        Again => "EAGAIN",
        NoMemory => "ENOMEM",
        BadAddress => "EFAULT",
        Busy => "EBUSY",
        Exists => "EEXIST",
        Invalid => "EINVAL",
        NoSpace => "ENOSPC",
        OutOfRange => "ERANGE",
        NotSupported => "EOPNOTSUPP",
        NotSupportedInside => "ENOTSUPP",
        _ => $"errno {errno}",
    };
}
