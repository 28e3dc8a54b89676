namespace Imker.Linux;

/// <param name="ReturnValue">What the program returned.</param>
/// <param name="Nanoseconds">The average of a run.</param>
/// <param name="DataLength">The bytes of the packet that the program left.</param>
public readonly record struct TestRunResult(uint ReturnValue, uint Nanoseconds, int DataLength)
{
    /// <summary>The average of a run, in ticks of 100 nanoseconds.</summary>
    public TimeSpan Duration => TimeSpan.FromMicroseconds(Nanoseconds / 1000.0);
}
