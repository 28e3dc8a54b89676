using System.Collections.Immutable;

namespace Imker.Script.Types;

/// <summary>
/// Where the elements of a tuple stand in memory: in their order, each aligned by its size (at most 8), the whole padded to a
/// multiple of its largest alignment. Keys of several parts are laid out the same way.
/// </summary>
public sealed record TupleLayout(int Size, int Alignment, ImmutableArray<int> Offsets)
{
    public static TupleLayout Of(ImmutableArray<ScriptType> elements)
    {
        int offset = 0, largest = 1;
        var offsets = ImmutableArray.CreateBuilder<int>(elements.Length);
        foreach (ScriptType element in elements)
        {
            int alignment = AlignmentOf(element);
            largest = Math.Max(largest, alignment);
            offset = AlignUp(offset, alignment);
            offsets.Add(offset);
            offset += element.Size;
        }
        return new TupleLayout(AlignUp(offset, largest), largest, offsets.MoveToImmutable());
    }

    /// <summary>1, 2, 4 or 8.</summary>
    public static int AlignmentOf(ScriptType type) => type switch
    {
        BooleanType or StringType or MacAddressType => 1,
        IntegerType or EnumType => type.Size,
        BufferType => 4,
        ArrayType array => AlignmentOf(array.Element),
        TupleType tuple => Of(tuple.Elements).Alignment,
        _ => 8,
    };

    public static int AlignUp(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}
