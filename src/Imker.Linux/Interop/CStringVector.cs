using System.Runtime.InteropServices;

namespace Imker.Linux.Interop;

/// <summary>A null-terminated array of zero-terminated texts, as execve(2) takes it.</summary>
internal sealed unsafe class CStringVector : IDisposable
{
    private byte* memory;

    internal CStringVector(IReadOnlyList<byte[]> texts)
    {
        nuint head = (nuint)(texts.Count + 1) * (nuint)sizeof(byte*);
        nuint total = head;
        foreach (byte[] text in texts)
            total += (nuint)text.Length + 1;
        memory = (byte*)NativeMemory.AllocZeroed(total);
        byte* position = memory + head;
        for (int i = 0; i < texts.Count; i++)
        {
            Pointers[i] = position;
            texts[i].CopyTo(new Span<byte>(position, texts[i].Length));
            position += texts[i].Length + 1;
        }
    }

    internal byte** Pointers => (byte**)memory;

    /// <summary>The environment that this process was started with, byte for byte.</summary>
    internal static CStringVector OfEnvironment()
    {
        var entries = new List<byte[]>();
        ReadOnlySpan<byte> rest = PseudoFile.TryRead("/proc/self/environ") ?? [];
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)0);
            ReadOnlySpan<byte> entry = end < 0 ? rest : rest[..end];
            if (!entry.IsEmpty)
                entries.Add(entry.ToArray());
            rest = end < 0 ? [] : rest[(end + 1)..];
        }
        return new CStringVector(entries);
    }

    public void Dispose()
    {
        NativeMemory.Free(memory);
        memory = null;
    }
}
