namespace Imker.TestKit;

/// <summary>What a program left behind.</summary>
/// <param name="ExitCode">128 and the signal's number when a signal ended it.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> OutputLines => Output.TrimEnd('\n').Split('\n');
}
