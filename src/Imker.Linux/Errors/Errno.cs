namespace Imker.Linux;

/// <summary>The kernel's reason for a refusal, <c>errno</c>. Its name and text do not depend on the C library, which knows no 524.</summary>
public readonly partial record struct Errno(int Value)
{
    public static readonly Errno
        None = new(0),
        NotPermitted = new(1),
        NoEntry = new(2),
        NoProcess = new(3),
        Interrupted = new(4),
        TooBig = new(7),
        BadDescriptor = new(9),
        Again = new(11),
        NoMemory = new(12),
        AccessDenied = new(13),
        Busy = new(16),
        Exists = new(17),
        NoDevice = new(19),
        NotDirectory = new(20),
        Invalid = new(22),
        NoSpace = new(28),
        BrokenPipe = new(32),
        NoSystemCall = new(38),
        Loop = new(40),
        NotSupported = new(95),
        NetworkDown = new(100),
        NotSupportedInside = new(524);

    /// <summary>The constant's name, such as <c>EINVAL</c>.</summary>
    public string Name => Describe(Value).Name;

    /// <summary>What it says, in lower case and without a full stop.</summary>
    public string Text => Describe(Value).Text;

    public override string ToString() => Name;
}
