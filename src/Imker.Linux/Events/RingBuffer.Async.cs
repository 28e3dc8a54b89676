using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Imker.Linux;

public sealed unsafe partial class RingBuffer
{
    /// <summary>
    /// The records as they come, until cancelled. A record is valid until the next one is asked for; waiting takes a thread of its own, and
    /// neither it nor reading allocates for a record.
    /// </summary>
    /// <param name="cancellation">Ends it, by <see cref="OperationCanceledException"/>.</param>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        byte[] buffer = [];
        using var readiness = new Readiness(Map.Descriptor);
        while (true)
        {
            while (TryTake(ref buffer, out int length))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return buffer.AsMemory(0, length);
            }
            await readiness.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The records as they come, each as a value, until cancelled.</summary>
    /// <typeparam name="T">Laid out as the program lays it out. What a record has beyond it is left out; shorter records are passed over.</typeparam>
    /// <inheritdoc cref="ReadAllAsync(CancellationToken)"/>
    public async IAsyncEnumerable<T> ReadAllAsync<T>([EnumeratorCancellation] CancellationToken cancellation = default)
        where T : unmanaged
    {
        await foreach (ReadOnlyMemory<byte> record in ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            if (MemoryMarshal.TryRead(record.Span, out T value))
                yield return value;
        }
    }

    private bool TryTake(ref byte[] buffer, out int length)
    {
        foreach (ReadOnlySpan<byte> record in Read())
        {
            length = record.Length;
            if (buffer.Length < length)
                buffer = new byte[Math.Max(length, 256)];
            record.CopyTo(buffer);
            return true;
        }
        length = 0;
        return false;
    }
}
