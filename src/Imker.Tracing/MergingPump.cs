using System.Collections.Immutable;
using Imker.Linux;
using Imker.Objects;
using Imker.Tracing.Records;

namespace Imker.Tracing;

/// <summary>With several data rings, records of all rings carry the time, and are handled in its order (docs/decisions/0006-data-rings.md).</summary>
internal sealed class MergingPump : RingPump
{
    private readonly RecordPrinter printer;
    private readonly ImmutableArray<RingBuffer> rings;
    private readonly RingMerger merger;
    private readonly int dataRings;

    public MergingPump(
        LoadedObject loaded, ImmutableArray<string> dataRings, EventLoop loop, RecordPrinter printer, ControlHandler handler)
        : base(loaded.Blueprint, handler)
    {
        this.printer = printer;
        this.dataRings = dataRings.Length;
        rings = [.. dataRings.Append(RecordSchema.ControlRing).Select(name => OpenRing(loaded, name, loop)).OfType<RingBuffer>()];
        merger = new RingMerger(rings, RecordSchema.HeaderSize);
    }

    public override void Pump()
    {
        merger.Begin();
        Take(alsoAfterExit: false);
    }

    public override void PumpRest()
    {
        merger.BeginAll();
        Take(alsoAfterExit: false);
    }

    public override void PumpAll()
    {
        merger.BeginAll();
        Take(alsoAfterExit: true);
    }

    public override void Dispose()
    {
        foreach (RingBuffer ring in rings)
            ring.Dispose();
    }

    private void Take(bool alsoAfterExit)
    {
        while (merger.TryTake(out int ring, out ReadOnlySpan<byte> record))
        {
            if (Handler.IsExiting && !alsoAfterExit)
                continue;
            if (ring < dataRings)
                printer.Print(record);
            else
                HandleControl(record);
        }
    }
}
