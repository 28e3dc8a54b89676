using Imker.Bytecode;

namespace Imker.Machine;

/// <summary>The helpers that work on maps (<c>kernel/bpf/helpers.c</c>).</summary>
internal static unsafe class MapHelpers
{
    public static ulong Lookup(ulong map, ulong key, ulong r3, ulong r4, ulong r5, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        return processor.MapOf(map)?.Storage is { } storage && TryKey(storage, key, state) ? storage.LookupForProgram((byte*)key, processor) : 0;
    }

    public static ulong Update(ulong map, ulong key, ulong value, ulong flags, ulong r5, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        return processor.MapOf(map)?.Storage is { } storage && TryKey(storage, key, state) && TryValue(storage, value, 0, state)
            ? Result(storage.Update((byte*)key, (byte*)value, flags, storage.CpuFor(processor))) : 0;
    }

    public static ulong Delete(ulong map, ulong key, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        Processor.Of(state).MapOf(map)?.Storage is { } storage && TryKey(storage, key, state) ? Result(storage.Delete((byte*)key)) : 0;

    public static ulong Push(ulong map, ulong value, ulong flags, ulong r4, ulong r5, ExecutionState* state) =>
        Processor.Of(state).MapOf(map)?.Storage is { } storage && TryValue(storage, value, 0, state) ? Result(storage.Push((byte*)value, flags)) : 0;

    public static ulong Pop(ulong map, ulong value, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        Processor.Of(state).MapOf(map)?.Storage is { } storage && TryValue(storage, value, ExecutionState.WriteFlag, state) ? Result(storage.Pop((byte*)value)) : 0;

    // A bloom filter reads the value that it is asked for; a queue fills it in.
    public static ulong Peek(ulong map, ulong value, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        Processor.Of(state).MapOf(map)?.Storage is { } storage
            && TryValue(storage, value, storage.Spec.Type == MapType.BloomFilter ? 0 : ExecutionState.WriteFlag, state) ? Result(storage.Peek((byte*)value)) : 0;

    public static ulong LookupOnCpu(ulong map, ulong key, ulong cpu, ulong r4, ulong r5, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        return processor.MapOf(map)?.Storage is { } storage && TryKey(storage, key, state) && cpu < (uint)storage.ValuesPerElement
            ? (ulong)storage.Lookup((byte*)key, (int)cpu) : 0;
    }

    /// <summary><c>bpf_for_each_map_elem</c>: calls a function with map, key, value and its context for each element, until it returns 1.</summary>
    public static ulong ForEach(ulong map, ulong callback, ulong context, ulong flags, ulong r5, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        if (processor.MapOf(map)?.Storage is not { } storage)
            return 0;
        if (flags != 0 || storage is not (ArrayStorage or HashStorage))
            return Result(-Errno.Invalid);
        byte* key = processor.TakeKeyMemory();
        byte* previous = stackalloc byte[storage.KeySize];
        ulong count = 0;
        int cpu = storage.CpuFor(processor);
        for (int error = storage.GetFirstKey(previous); error == 0; error = storage.GetNextKey(previous, previous))
        {
            byte* value = storage.Lookup(previous, cpu);
            if (value == null)
                continue;
            new ReadOnlySpan<byte>(previous, storage.KeySize).CopyTo(new Span<byte>(key, storage.KeySize));
            count++;
            if (processor.CallBack(callback, map, (ulong)key, (ulong)value, context) != 0 || state->Fault != FaultKind.None)
                break;
            if (count >= storage.Spec.MaxEntries)
                break;
        }
        return count;
    }

    /// <summary><c>bpf_redirect_map</c>: where the map has the key, the packet goes there; else the action in the flags is taken.</summary>
    public static ulong Redirect(ulong map, ulong key, ulong flags, ulong r4, ulong r5, ExecutionState* state)
    {
        const ulong actions = 3, redirect = 4;
        Processor processor = Processor.Of(state);
        if (processor.MapOf(map) is not { } found)
            return 0;
        if ((flags & ~actions) != 0)
            return 0;
        uint index = (uint)key;
        byte* target = found.KeySize == sizeof(uint) ? found.Storage.Lookup((byte*)&index, 0) : null;
        if (target == null || new ReadOnlySpan<byte>(target, found.ValueSize).IndexOfAnyExcept((byte)0) < 0)
            return flags;
        processor.Redirection = (found, index);
        return redirect;
    }

    public static ulong Result(long value) => (ulong)value;

    private static bool TryKey(MapStorage storage, ulong key, ExecutionState* state) =>
        storage.KeySize == 0 || state->Regions[ExecutionState.StackRegion].Allows(key, (uint)storage.KeySize, RegionAccess.Read)
            || RegionLookup.Find(state, key, (uint)storage.KeySize) != null;

    private static bool TryValue(MapStorage storage, ulong value, uint direction, ExecutionState* state) =>
        storage.ValueSize == 0 || RegionLookup.Find(state, value, (uint)storage.ValueSize | direction) != null;
}
