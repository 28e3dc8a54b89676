using System.Buffers.Binary;

namespace Imker.Compiler.Tests.Ir;

/// <summary>What a register holds when IR is evaluated: an integer, or a place in a piece of memory (a null pointer has none).</summary>
public readonly record struct EvaluatedValue(long Integer, EvaluatedMemory? Memory = null)
{
    public bool IsNull => Memory is null && Integer == 0;

    public EvaluatedValue Move(long distance) => this with { Integer = Integer + distance };

    public override string ToString() => Memory is null ? $"{Integer:x}" : $"{Memory.Name}+{Integer}";
}

/// <summary>Bytes behind a pointer. A pointer that is stored is remembered beside them.</summary>
public sealed class EvaluatedMemory(string name, int size)
{
    private readonly byte[] bytes = new byte[size];
    private readonly Dictionary<int, EvaluatedValue> pointers = [];

    public string Name { get; } = name;

    public int Size => bytes.Length;

    public byte[] Read(long offset, long count) => bytes[Range(offset, count)];

    public void Write(long offset, ReadOnlySpan<byte> data)
    {
        Range range = Range(offset, data.Length);
        data.CopyTo(bytes.AsSpan(range));
        for (int i = -7; i < data.Length; i++)
            pointers.Remove((int)offset + i);
    }

    public EvaluatedValue Load(long offset, int size)
    {
        Range range = Range(offset, size);
        if (size == 8 && pointers.TryGetValue((int)offset, out EvaluatedValue pointer))
            return pointer;
        Span<byte> wide = stackalloc byte[8];
        wide.Clear();
        bytes.AsSpan(range).CopyTo(wide);
        return new EvaluatedValue(BinaryPrimitives.ReadInt64LittleEndian(wide));
    }

    public void Store(long offset, int size, EvaluatedValue value)
    {
        Span<byte> wide = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(wide, value.Integer);
        Write(offset, wide[..size]);
        if (value.Memory is not null)
            pointers[(int)offset] = value;
    }

    private Range Range(long offset, long count) => offset >= 0 && count >= 0 && offset + count <= bytes.Length
        ? (int)offset..(int)(offset + count)
        : throw new InvalidOperationException($"{Name} has {Size} bytes; {count} bytes at {offset} were touched.");
}
