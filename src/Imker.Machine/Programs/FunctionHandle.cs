namespace Imker.Machine;

/// <summary>
/// The number that stands for a function of a program in its registers: a callback, or what <c>callx</c> calls. No address that a
/// processor has looks so, and dereferencing it is a fault.
/// </summary>
internal static class FunctionHandle
{
    private const ulong Tag = 0xf0f0_0000_0000_0000;

    public static ulong Of(int slot) => Tag | (uint)slot;

    /// <summary>The slot that a handle stands for; whether a function starts there is the program's to know.</summary>
    public static bool TryGetSlot(ulong handle, out int slot)
    {
        slot = (int)handle;
        return handle >> 32 == Tag >> 32 && slot >= 0;
    }
}
