namespace Imker.Linux;

/// <param name="ReturnValue">What the program returned.</param>
/// <param name="Duration">The average of a run.</param>
/// <param name="DataLength">The bytes of the packet that the program left.</param>
public readonly record struct TestRunResult(uint ReturnValue, TimeSpan Duration, int DataLength);
