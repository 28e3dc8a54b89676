using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Waits for programs that are running.</summary>
public static class ProgramBarrier
{
    /// <summary>
    /// Returns when every program (but those that may sleep) that was running on any CPU has ended: what it read from maps and
    /// variables before, it no longer uses. Takes a grace period of the kernel's, some ten milliseconds.
    /// </summary>
    /// <remarks><c>MEMBARRIER_CMD_GLOBAL</c> is <c>synchronize_rcu()</c>, and programs run under RCU.</remarks>
    /// <exception cref="BpfException">The kernel has no membarrier(2), or CPUs without a tick on which it does nothing.</exception>
    public static void Wait()
    {
        if (SystemCall.GlobalMemoryBarrier() < 0)
            throw new BpfException("wait for running programs", "membarrier", Libc.LastError);
    }
}
