using System.Buffers.Binary;
using Imker.Linux;
using Imker.Objects;
using Imker.Tracing.Records;

namespace Imker.Tracing;

/// <summary>
/// Reads the rings of a script in the order in which its programs wrote: a record of the control ring tells how far the data
/// ring had come, and waits until that has been read.
/// </summary>
internal sealed class RingPump : IDisposable
{
    private readonly BpfObject bpfObject;
    private readonly RingBuffer? control;
    private readonly RingBuffer? data;
    private readonly RecordPrinter printer;
    private readonly ControlHandler handler;

    public RingPump(LoadedObject loaded, EventLoop loop, RecordPrinter printer, ControlHandler handler)
    {
        bpfObject = loaded.Blueprint;
        this.printer = printer;
        this.handler = handler;
        control = Open(loaded, RecordSchema.ControlRing, loop);
        data = Open(loaded, RecordSchema.DataRing, loop);
    }

    /// <summary>Handles everything that is there now. After an exit only what came before it is printed.</summary>
    public void Pump()
    {
        if (control is not null)
        {
            foreach (ReadOnlySpan<byte> record in control.Read())
            {
                PrintData(until: MarkOf(record));
                handler.Handle(SchemaOf(record), record);
            }
        }
        if (!handler.IsExiting)
            PrintData(until: ulong.MaxValue);
    }

    /// <summary>Handles everything that is there now, after an exit too: what END yields.</summary>
    public void PumpAll()
    {
        Pump();
        PrintData(until: ulong.MaxValue);
    }

    /// <summary>Drops the data that is there: what came between an exit and the end of the run.</summary>
    public void SkipData()
    {
        if (data is null)
            return;
        foreach (ReadOnlySpan<byte> _ in data.Read())
        {
        }
    }

    public void Dispose()
    {
        control?.Dispose();
        data?.Dispose();
    }

    private void PrintData(ulong until)
    {
        if (data is null)
            return;
        foreach (ReadOnlySpan<byte> record in data.Read(until))
            printer.Print(record);
    }

    private RecordSchema SchemaOf(ReadOnlySpan<byte> record) => bpfObject.Records[BinaryPrimitives.ReadInt32LittleEndian(record)];

    private static ulong MarkOf(ReadOnlySpan<byte> record) => ValueReader.Word(record[RecordSchema.HeaderSize..]);

    private static RingBuffer? Open(LoadedObject loaded, string name, EventLoop loop)
    {
        if (loaded.Blueprint.FindMap(name) is null)
            return null;
        var ring = new RingBuffer(loaded.Maps[name]);
        loop.Add(ring);
        return ring;
    }
}
