namespace Imker.Linux;

/// <summary>Why <see cref="EventLoop.Wait"/> returned; none when the time passed.</summary>
[Flags]
public enum WakeReasons
{
    None = 0,

    /// <summary>There may be records to read.</summary>
    Records = 1,

    /// <summary>SIGINT or SIGTERM came (<see cref="EventLoop.Signal"/>).</summary>
    Signal = 2,

    /// <summary>The watched process has ended. Said once.</summary>
    ProcessExit = 4,

    /// <summary><see cref="EventLoop.Wake"/> was called.</summary>
    Woken = 8,

    /// <summary>There may be packets to read, or something happened to the interface that they come from.</summary>
    Packets = 16,
}
