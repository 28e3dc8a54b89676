namespace Imker.Machine;

/// <summary>
/// The number that stands for a map in a program's registers: <see cref="MachineMap.Id"/>, and a mark. No address that a processor has
/// looks so, and dereferencing it is a fault.
/// </summary>
internal static class MapHandle
{
    private const ulong Tag = 0xf1f1_0000_0000_0000;

    public static ulong Of(MachineMap map) => Tag | (uint)map.Id;

    /// <summary>The id that a handle stands for; whether the run may use such a map is the run's to know.</summary>
    public static bool TryGetId(ulong handle, out int id)
    {
        id = (int)handle;
        return handle >> 32 == Tag >> 32 && id >= 0;
    }
}
