using Imker.Bytecode;

namespace Imker.Machine;

/// <summary>The atomic operations on memory that may be touched and is aligned, fully ordered (RFC 9669, section 5.3).</summary>
internal static unsafe class AtomicAccess
{
    /// <summary>Applies an operation to four bytes.</summary>
    /// <param name="operation">Any but the ordered loads and stores.</param>
    /// <param name="address">A multiple of four.</param>
    /// <param name="source">The source register; receives the old value, zero-extended, where the operation fetches.</param>
    /// <param name="r0">R0, for the compare-and-exchange.</param>
    public static void Apply32(AtomicOperation operation, uint* address, ref ulong source, ref ulong r0)
    {
        ref uint target = ref *address;
        uint value = (uint)source;
        switch (operation)
        {
            case AtomicOperation.Exchange:
                source = Interlocked.Exchange(ref target, value);
                return;
            case AtomicOperation.CompareExchange:
                r0 = Interlocked.CompareExchange(ref target, value, (uint)r0);
                return;
        }
        uint old = Modify(operation, ref target, value);
        if (Fetches(operation))
            source = old;
    }

    /// <summary>Applies an operation to eight bytes; see <see cref="Apply32"/>.</summary>
    public static void Apply64(AtomicOperation operation, ulong* address, ref ulong source, ref ulong r0)
    {
        ref ulong target = ref *address;
        switch (operation)
        {
            case AtomicOperation.Exchange:
                source = Interlocked.Exchange(ref target, source);
                return;
            case AtomicOperation.CompareExchange:
                r0 = Interlocked.CompareExchange(ref target, source, r0);
                return;
        }
        ulong old = Modify(operation, ref target, source);
        if (Fetches(operation))
            source = old;
    }

    private static bool Fetches(AtomicOperation operation) => ((int)operation & 1) != 0;

    private static uint Modify(AtomicOperation operation, ref uint target, uint value)
    {
        switch ((AtomicOperation)((int)operation & ~1))
        {
            case AtomicOperation.Add:
                return Interlocked.Add(ref target, value) - value;
            case AtomicOperation.Or:
                return Interlocked.Or(ref target, value);
            case AtomicOperation.And:
                return Interlocked.And(ref target, value);
        }
        uint old = Volatile.Read(ref target);
        while (true)
        {
            uint seen = Interlocked.CompareExchange(ref target, old ^ value, old);
            if (seen == old)
                return old;
            old = seen;
        }
    }

    private static ulong Modify(AtomicOperation operation, ref ulong target, ulong value)
    {
        switch ((AtomicOperation)((int)operation & ~1))
        {
            case AtomicOperation.Add:
                return Interlocked.Add(ref target, value) - value;
            case AtomicOperation.Or:
                return Interlocked.Or(ref target, value);
            case AtomicOperation.And:
                return Interlocked.And(ref target, value);
        }
        ulong old = Volatile.Read(ref target);
        while (true)
        {
            ulong seen = Interlocked.CompareExchange(ref target, old ^ value, old);
            if (seen == old)
                return old;
            old = seen;
        }
    }
}
