using Imker.Linux;
using Imker.Objects;
using Imker.Tracing.Records;

namespace Imker.Tracing;

/// <summary>
/// With one data ring, a record of the control ring tells how far the data ring had come, and waits until that has been read
/// (docs/decisions/0003-control-ring-order.md).
/// </summary>
internal sealed class PositionPump(LoadedObject loaded, EventLoop loop, RecordPrinter printer, ControlHandler handler)
    : RingPump(loaded.Blueprint, handler)
{
    private readonly RingBuffer? control = OpenRing(loaded, RecordSchema.ControlRing, loop);
    private readonly RingBuffer? data = OpenRing(loaded, RecordSchema.DataRing, loop);

    public override void Pump()
    {
        if (control is not null)
        {
            using RingBufferRecords records = control.Read();
            while (records.MoveNext())
            {
                PrintData(until: ValueReader.Word(records.Current[RecordSchema.HeaderSize..]));
                // A command that ran meanwhile has had the record set aside: it is where it is now.
                HandleControl(records.Current);
            }
        }
        if (!Handler.IsExiting)
            PrintData(until: ulong.MaxValue);
    }

    public override void PumpRest()
    {
        Pump();
        if (Handler.IsExiting)
            SkipData();
    }

    public override void PumpAll()
    {
        Pump();
        PrintData(until: ulong.MaxValue);
    }

    public override void Dispose()
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

    private void SkipData()
    {
        if (data is null)
            return;
        foreach (ReadOnlySpan<byte> _ in data.Read())
        {
        }
    }
}
