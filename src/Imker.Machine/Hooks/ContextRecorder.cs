using System.Buffers.Binary;

namespace Imker.Machine;

/// <summary>
/// Writes contexts to a stream, to be replayed later (<see cref="ContextRecording"/>): sixteen bytes that say what follows, then for each
/// call of the hook the length of its packet, the context and the packet. Numbers are little endian.
/// </summary>
public sealed class ContextRecorder : IDisposable
{
    private readonly Stream output;
    private readonly Lock gate = new();

    /// <param name="output">Gets the recording; closed with this object.</param>
    /// <param name="contextSize">Bytes of a context.</param>
    public ContextRecorder(Stream output, int contextSize)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(contextSize);
        this.output = output;
        ContextSize = contextSize;
        Span<byte> header = stackalloc byte[ContextRecording.HeaderSize];
        header.Clear();
        ContextRecording.Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[ContextRecording.SizeOffset..], contextSize);
        output.Write(header);
    }

    public int ContextSize { get; }

    /// <summary>Writes one context. Any thread may.</summary>
    /// <param name="context">Exactly <see cref="ContextSize"/> bytes.</param>
    /// <param name="packet">May be empty.</param>
    public void Write(ReadOnlySpan<byte> context, ReadOnlySpan<byte> packet)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(context.Length, ContextSize, nameof(context));
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, packet.Length);
        lock (gate)
        {
            output.Write(length);
            output.Write(context);
            output.Write(packet);
        }
    }

    public void Dispose() => output.Dispose();
}
