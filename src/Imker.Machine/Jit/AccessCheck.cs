namespace Imker.Machine.Jit;

/// <summary>The bytes that one check is for, as distances from the address register's value.</summary>
/// <param name="Low">The first.</param>
/// <param name="High">Behind the last.</param>
/// <param name="Writes">Whether one of the accesses writes.</param>
/// <param name="Last">The index of the last instruction that relies on it.</param>
internal readonly record struct AccessCheck(int Low, int High, bool Writes, int Last)
{
    public int Size => High - Low;
}
