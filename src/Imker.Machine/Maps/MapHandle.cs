namespace Imker.Machine;

/// <summary>
/// The number that stands for a map in a program's registers: the map's index among those of the run. No address that a processor has
/// looks so, and dereferencing it is a fault.
/// </summary>
internal static class MapHandle
{
    private const ulong Tag = 0xf1f1_0000_0000_0000;

    public static ulong Of(int index) => Tag | (uint)index;

    /// <summary>The index that a handle stands for; whether the run has such a map is the run's to know.</summary>
    public static bool TryGetIndex(ulong handle, out int index)
    {
        index = (int)handle;
        return handle >> 32 == Tag >> 32 && index >= 0;
    }
}
