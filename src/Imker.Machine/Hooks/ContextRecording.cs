using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Imker.Machine;

/// <summary>One call of a hook: its context, and its packet where it had one.</summary>
public readonly record struct RecordedContext(ReadOnlyMemory<byte> Context, ReadOnlyMemory<byte> Packet);

/// <summary>
/// Contexts that were recorded, from a service's hook or from a kernel's, by <see cref="ContextRecorder"/>: programs are tried on them
/// where nothing of that is there.
/// </summary>
public sealed class ContextRecording
{
    internal const int HeaderSize = 16, SizeOffset = 8;

    private ContextRecording(int contextSize, ImmutableArray<RecordedContext> entries)
    {
        ContextSize = contextSize;
        Entries = entries;
    }

    internal static ReadOnlySpan<byte> Magic => "IMKRCTX1"u8;

    public int ContextSize { get; }

    /// <summary>In the order of their recording.</summary>
    public ImmutableArray<RecordedContext> Entries { get; }

    /// <summary>Reads a whole recording.</summary>
    /// <param name="bytes">Kept; they must not change afterwards.</param>
    /// <exception cref="InvalidDataException">They are no recording, or one that was cut.</exception>
    public static ContextRecording Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < HeaderSize || !bytes.Span.StartsWith(Magic))
            throw new InvalidDataException("cannot read the recording: it does not begin with IMKRCTX1");
        int size = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[SizeOffset..]);
        if (size <= 0)
            throw new InvalidDataException($"cannot read the recording: its contexts are to have {size} bytes");
        var entries = ImmutableArray.CreateBuilder<RecordedContext>();
        for (ReadOnlyMemory<byte> rest = bytes[HeaderSize..]; !rest.IsEmpty;)
        {
            int packet = rest.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
            if (packet < 0 || (long)sizeof(int) + size + packet > rest.Length)
                throw new InvalidDataException($"cannot read the recording: it is cut in entry {entries.Count}");
            entries.Add(new RecordedContext(rest.Slice(sizeof(int), size), rest.Slice(sizeof(int) + size, packet)));
            rest = rest[(sizeof(int) + size + packet)..];
        }
        return new ContextRecording(size, entries.ToImmutable());
    }

    /// <summary>Runs a program on a copy of each context, in order: how a program for a kernel is tried without one.</summary>
    public IReadOnlyList<RunResult> Replay(MachineProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return [.. Entries.Select(entry => program.TakesPackets
            ? program.RunPacket(entry.Packet.Span) : program.Run(new MachineRun { Context = entry.Context.ToArray(), Packet = entry.Packet.ToArray() }))];
    }
}
