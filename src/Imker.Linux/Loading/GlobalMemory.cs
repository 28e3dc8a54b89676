using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>The global variables of a loaded object: in memory shared with its programs where their map can be mapped, else by copies of it.</summary>
internal sealed class GlobalMemory(BpfObject blueprint, IReadOnlyDictionary<string, KernelMap> maps) : IDisposable
{
    private readonly ConcurrentDictionary<string, MappedMemory> mapped = new(StringComparer.Ordinal);

    internal T Read<T>(string name)
        where T : unmanaged
    {
        (GlobalVariable variable, KernelMap map) = Find<T>(name);
        if (map.Flags.HasFlag(MapFlags.MemoryMappable))
            return MemoryMarshal.Read<T>(Memory(map).Bytes[variable.Offset..]);
        return MemoryMarshal.Read<T>(Copy(map).AsSpan(variable.Offset));
    }

    internal void Write<T>(string name, T value)
        where T : unmanaged
    {
        (GlobalVariable variable, KernelMap map) = Find<T>(name);
        if (map.Flags.HasFlag(MapFlags.MemoryMappable) && Memory(map).IsWritable)
        {
            MemoryMarshal.Write(Memory(map).WritableBytes[variable.Offset..], value);
            return;
        }
        byte[] bytes = Copy(map);
        MemoryMarshal.Write(bytes.AsSpan(variable.Offset), value);
        map.Update(new byte[sizeof(int)], bytes);
    }

    public void Dispose()
    {
        foreach (MappedMemory memory in mapped.Values)
            memory.Dispose();
    }

    private static byte[] Copy(KernelMap map)
    {
        byte[] bytes = new byte[map.ValueBufferSize];
        map.TryLookup(new byte[sizeof(int)], bytes);
        return bytes;
    }

    private MappedMemory Memory(KernelMap map) =>
        mapped.GetOrAdd(map.Name, _ => map.MapValues(writable: blueprint.FindMap(map.Name) is not { IsReadOnlyData: true }));

    private (GlobalVariable Variable, KernelMap Map) Find<T>(string name)
        where T : unmanaged
    {
        GlobalVariable variable = blueprint.GetVariable(name);
        if (variable.Size != Unsafe.SizeOf<T>())
            throw new ArgumentException($"the variable '{name}' has {variable.Size} bytes, {typeof(T).Name} has {Unsafe.SizeOf<T>()}", nameof(name));
        return (variable, maps[variable.Map]);
    }
}
