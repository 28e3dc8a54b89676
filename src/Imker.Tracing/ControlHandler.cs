using Imker.Objects;
using Imker.Rendering;
using Imker.Tracing.Maps;
using Imker.Tracing.Records;

namespace Imker.Tracing;

/// <summary>Does what programs ask for by way of the control ring.</summary>
internal sealed class ControlHandler(MapReader maps, OutputRenderer renderer)
{
    private const int ValueOffset = RecordSchema.HeaderSize + RecordSchema.MarkSize;

    /// <summary>A program has asked for the end.</summary>
    public bool IsExiting { get; private set; }

    public int ExitCode { get; private set; }

    public void Handle(RecordSchema schema, ReadOnlySpan<byte> record)
    {
        switch (schema.Action)
        {
            case ExitAction when !IsExiting:
                IsExiting = true;
                ExitCode = schema.Fields.IsEmpty ? 0 : (int)(long)ValueReader.Word(record[ValueOffset..]);
                break;
            case PrintMapAction print:
                MapView view = maps.View(print.View);
                renderer.Map(print.Clears ? maps.Take(view) : maps.Read(view), print.Top, (ulong)Math.Max(print.Divisor, 1));
                break;
            case ClearMapAction clear:
                maps.Take(maps.View(clear.View));
                break;
            case ZeroMapAction zero:
                maps.Zero(maps.View(zero.View));
                break;
        }
    }
}
