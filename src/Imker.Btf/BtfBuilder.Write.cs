using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Imker.Btf;

public sealed partial class BtfBuilder
{
    /// <summary>The bytes, as <c>BPF_BTF_LOAD</c> takes them and a section <c>.BTF</c> holds them.</summary>
    /// <exception cref="InvalidOperationException">A struct is declared but not defined.</exception>
    public byte[] ToArray(bool isLittleEndian = true)
    {
        if (declared.Count > 0)
            throw new InvalidOperationException($"Type {declared.Min()} is declared but not defined.");
        int typesSize = sizeof(uint) * types.Sum(t => t.Length);
        var output = new BtfOutput(BtfLayout.HeaderSize + typesSize + strings.Count, isLittleEndian);
        output.U16(BtfLayout.Magic);
        output.U8(BtfLayout.Version);
        output.U8(0);
        output.U32(BtfLayout.HeaderSize);
        output.U32(0);
        output.U32((uint)typesSize);
        output.U32((uint)typesSize);
        output.U32((uint)strings.Count);
        foreach (uint[] words in types)
        {
            foreach (uint word in words)
                output.U32(word);
        }
        output.Bytes(CollectionsMarshal.AsSpan(strings));
        return output.ToArray();
    }

    /// <summary>What was added so far, to be read.</summary>
    public BtfFile Build(string name) => BtfFile.Read(name, ToArray());

    /// <summary>Compares types by their words.</summary>
    internal static IEqualityComparer<uint[]> WordsEquality => WordsComparer.Instance;

    private sealed class WordsComparer : IEqualityComparer<uint[]>
    {
        public static readonly WordsComparer Instance = new();

        public bool Equals(uint[]? x, uint[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] uint[] words)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(words.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
