using System.Buffers.Binary;
using Imker.Bytecode;
using Imker.Linux;
using Imker.Objects;
using Imker.Tracing.Records;

namespace Imker.Tracing;

/// <summary>Reads the rings of a script in the order in which its programs wrote.</summary>
internal abstract class RingPump(BpfObject bpfObject, ControlHandler handler) : IDisposable
{
    public static RingPump Open(LoadedObject loaded, EventLoop loop, RecordPrinter printer, ControlHandler handler) =>
        loaded.Blueprint.FindMap(RecordSchema.DataRing) is { Type: MapType.ArrayOfMaps } several
            ? new MergingPump(loaded, several.InnerMaps, loop, printer, handler)
            : new PositionPump(loaded, loop, printer, handler);

    protected ControlHandler Handler { get; } = handler;

    /// <summary>Handles what is there now, while programs run. After an exit only what came before it is printed.</summary>
    public abstract void Pump();

    /// <summary>Handles what is there when no program runs, and drops what came after an exit.</summary>
    public abstract void PumpRest();

    /// <summary>Handles everything that is there when no program runs, after an exit too: what END yields.</summary>
    public abstract void PumpAll();

    public abstract void Dispose();

    protected void HandleControl(ReadOnlySpan<byte> record) =>
        Handler.Handle(bpfObject.Records[BinaryPrimitives.ReadInt32LittleEndian(record)], record);

    protected static RingBuffer? OpenRing(LoadedObject loaded, string name, EventLoop loop)
    {
        if (loaded.Blueprint.FindMap(name) is null)
            return null;
        var ring = new RingBuffer(loaded.Maps[name]);
        loop.Add(ring);
        return ring;
    }
}
