using System.Runtime.CompilerServices;

namespace Imker.Machine;

/// <summary>Numbered places for programs or maps: a program array, an array of maps.</summary>
internal sealed unsafe class ReferenceTable<T>(uint maxEntries)
    where T : class
{
    private readonly T?[] places = new T?[maxEntries];

    public T? this[uint index]
    {
        get => index < places.Length ? Volatile.Read(ref places[index]) : null;
    }

    public T? At(byte* key) => this[Unsafe.ReadUnaligned<uint>(key)];

    public int Set(byte* key, T value, ulong flags)
    {
        uint index = Unsafe.ReadUnaligned<uint>(key);
        if (flags != 0)
            return -Errno.Invalid;
        if (index >= places.Length)
            return -Errno.TooBig;
        Volatile.Write(ref places[index], value);
        return 0;
    }

    public int Delete(byte* key)
    {
        uint index = Unsafe.ReadUnaligned<uint>(key);
        if (index >= places.Length)
            return -Errno.TooBig;
        return Interlocked.Exchange(ref places[index], null) is null ? -Errno.NoEntry : 0;
    }

    public int GetNextKey(byte* key, byte* next)
    {
        uint index = key == null ? uint.MaxValue : Unsafe.ReadUnaligned<uint>(key);
        if (index != uint.MaxValue && index == places.Length - 1)
            return -Errno.NoEntry;
        Unsafe.WriteUnaligned(next, index >= places.Length ? 0 : index + 1);
        return 0;
    }
}
