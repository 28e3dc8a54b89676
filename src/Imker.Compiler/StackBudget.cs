namespace Imker.Compiler;

/// <summary>The stack that the kernel gives to a program and all functions that it calls.</summary>
public static class StackBudget
{
    /// <summary>Bytes for a chain of calls (<c>MAX_BPF_STACK</c>).</summary>
    public const int Total = 512;

    /// <summary>
    /// Bytes of each function that allocations should leave for values that find no register, and for what the kernel takes for
    /// <c>may_goto</c>. A pass that moves allocations elsewhere aims at it; what fits all the same is compiled.
    /// </summary>
    public const int Reserve = 160;

    /// <summary>Bytes that the kernel takes in a function with <c>may_goto</c>.</summary>
    internal const int MayGoto = 16;

    /// <summary>A frame counts as a multiple of that many bytes, and as one at least (<c>check_max_stack_depth</c>).</summary>
    internal const int Granularity = 32;

    /// <summary>Bytes that a frame counts for.</summary>
    public static int Charge(int frameSize) => Math.Max(1, (frameSize + Granularity - 1) / Granularity) * Granularity;
}
