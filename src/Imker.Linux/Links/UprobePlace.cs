namespace Imker.Linux;

/// <summary>An instruction in an executable file.</summary>
/// <param name="Path">The file, as this process sees it.</param>
/// <param name="Offset">Bytes from the start of the file.</param>
/// <param name="Cookie">Told to the program; 0 for none.</param>
public readonly record struct UprobePlace(string Path, ulong Offset, ulong Cookie = 0)
{
    /// <summary>
    /// Where a counter of 16 bits lies in the file that the kernel raises in each process while the probe is attached; 0 for none. USDT
    /// probes have them to spare work that nobody watches.
    /// </summary>
    public ulong Semaphore { get; init; }
}
