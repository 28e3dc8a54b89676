namespace Imker.Capture.Dissection;

/// <summary>How reading an option of a TCP header went.</summary>
internal enum TcpOptionOutcome
{
    Good,
    Bad,
    Cut,
}
