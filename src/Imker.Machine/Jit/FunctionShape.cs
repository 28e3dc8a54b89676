namespace Imker.Machine.Jit;

/// <summary>What the code of one function needs to know of it.</summary>
/// <param name="Start">The index of its first instruction.</param>
/// <param name="End">The index behind its last.</param>
/// <param name="Slots">Its length in slots: what a call of it costs.</param>
internal record struct FunctionShape(int Start, int End, int Slots)
{
    /// <summary>Those of R6 to R9 that it writes, as bits.</summary>
    public int Saved;

    /// <summary>Whether it calls anything.</summary>
    public bool Calls;

    /// <summary>Whether it has a <c>may_goto</c>, and so a count of its own.</summary>
    public bool CountsIterations;

    /// <summary>Whether another function calls it.</summary>
    public bool IsCalled;
}
