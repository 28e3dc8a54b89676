namespace Imker.Bench;

/// <summary>What a program took, from start to end.</summary>
/// <param name="Cpu">User and system time together.</param>
/// <param name="Status">As <c>wait4</c> gives it; 0 for an exit with code 0.</param>
internal sealed record Usage(TimeSpan Wall, TimeSpan Cpu, int Status);
