namespace Imker.Verifier.Code;

/// <summary>Ends the analysis of a program: it is not accepted.</summary>
internal sealed class RefusalException(string id, int slot, string message) : Exception(message)
{
    public string Id { get; } = id;

    /// <summary>The instruction that is refused; −1 where none is.</summary>
    public int Slot { get; } = slot;
}
