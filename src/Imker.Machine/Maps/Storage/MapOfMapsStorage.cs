using System.Runtime.CompilerServices;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>Array and hash of maps (<c>kernel/bpf/map_in_map.c</c>). Programs find the inner map, which the host puts in.</summary>
internal sealed unsafe class MapOfMapsStorage : MapStorage
{
    private readonly ReferenceTable<MachineMap>? array;
    private readonly HashStorage? numbers;
    private readonly Dictionary<uint, MachineMap> byNumber = [];
    private readonly Lock gate = new();
    private uint last;

    public MapOfMapsStorage(MapSpec spec)
        : base(spec)
    {
        if (spec.Type == MapType.ArrayOfMaps)
            array = new ReferenceTable<MachineMap>(spec.MaxEntries);
        else
            numbers = new HashStorage(spec with { ValueSize = sizeof(uint) }, 1, evicts: false);
    }

    public override bool IsReclaimed => numbers is not null;

    /// <summary>The inner map of a key; null when there is none.</summary>
    public MachineMap? Find(byte* key)
    {
        if (array is not null)
            return array.At(key);
        lock (gate)
        {
            byte* number = numbers!.Lookup(key, 0);
            return number == null ? null : byNumber.GetValueOrDefault(Unsafe.ReadUnaligned<uint>(number));
        }
    }

    public override ulong LookupForProgram(byte* key, Processor processor) => Find(key) is { } inner ? processor.HandleOf(inner) : 0;

    /// <summary>Puts a map in. 0 or a negative errno: a map of another shape than the blueprint's inner map is refused (<c>bpf_map_meta_equal</c>).</summary>
    public int Set(byte* key, MachineMap inner, ulong flags)
    {
        if (Spec.InnerMap is { } shape && !HasShape(inner.Storage.Spec, shape))
            return -Errno.Invalid;
        if (array is not null)
            return array.Set(key, inner, flags);
        lock (gate)
        {
            byte* before = numbers!.Lookup(key, 0);
            uint old = before == null ? 0 : Unsafe.ReadUnaligned<uint>(before), number = ++last;
            int error = numbers.Update(key, (byte*)&number, flags, 0);
            if (error != 0)
                return error;
            byNumber.Remove(old);
            byNumber[number] = inner;
            return 0;
        }
    }

    public override int Update(byte* key, byte* value, ulong flags, int cpu) => -Errno.Invalid;

    public override int Delete(byte* key)
    {
        if (array is not null)
            return array.Delete(key);
        lock (gate)
        {
            uint number = 0;
            int error = numbers!.ReadAndDelete(key, (byte*)&number);
            byNumber.Remove(number);
            return error;
        }
    }

    public override int GetNextKey(byte* key, byte* next) => array?.GetNextKey(key, next) ?? numbers!.GetNextKey(key, next);

    public override int Read(byte* key, byte* buffer)
    {
        if (Find(key) is not { } inner)
            return -Errno.NoEntry;
        Unsafe.WriteUnaligned(buffer, inner.Id);
        return 0;
    }

    private static bool HasShape(MapSpec map, MapSpec shape) =>
        map.Type == shape.Type && map.KeySize == shape.KeySize && map.ValueSize == shape.ValueSize && map.Flags == shape.Flags
        && (map.Type != MapType.Array || (map.Flags & MapFlags.InnerMap) != 0 || map.MaxEntries == shape.MaxEntries);
}
