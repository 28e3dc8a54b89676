namespace Imker.Rendering;

/// <summary>bpftrace's text output; messages go to standard error, in order with what was printed before.</summary>
public sealed class TextRenderer(BatchedOutput output, BatchedOutput errors) : OutputRenderer(output, errors)
{
    private TextKind current;

    public override TextEscaping Escaping => TextEscaping.Line;

    public override Utf8Buffer BeginText(TextKind kind, ScriptPlace place = default)
    {
        current = kind;
        return kind switch
        {
            TextKind.Error => BeginMessage("ERROR: "u8, place),
            TextKind.Warning => BeginMessage("WARNING: "u8, place),
            _ => Output.Text,
        };
    }

    public override void EndText()
    {
        if (current is TextKind.Error or TextKind.Warning)
        {
            EndMessage();
            return;
        }
        if (current == TextKind.Join)
            Output.Text.Write((byte)'\n');
        Output.FlushIfFull();
    }

    public override void Value(in OutputValue value)
    {
        TextValueWriter.Write(Output.Text, value, Escaping);
        Output.Text.Write((byte)'\n');
        Output.FlushIfFull();
    }

    public override void Map(MapSnapshot map, int top = 0, ulong divisor = 1)
    {
        foreach (MapEntry entry in map.Arrange(top, divisor))
        {
            Output.Text.Write(map.Name);
            if (!map.IsScalar)
            {
                Output.Text.Write((byte)'[');
                TextValueWriter.WriteKey(Output.Text, entry.Key, ", "u8, Escaping);
                Output.Text.Write((byte)']');
            }
            // A histogram's lines stand below its name, and an empty line behind them.
            Output.Text.Write(entry.Value.Kind == OutputValueKind.Histogram ? ":\n"u8 : ": "u8);
            Value(entry.Value);
        }
    }

    public override void AttachedProbes(int count)
    {
        Output.Flush();
        Errors.Text.Write($"Attached {count} {(count == 1 ? "probe" : "probes")}");
        EndMessage();
    }

    public override void LostEvents(ulong count, ReadOnlySpan<LostCount> causes)
    {
        Output.Flush();
        Errors.Text.Write($"Lost {count} {(count == 1 ? "event" : "events")}");
        foreach (LostCount lost in causes)
        {
            Errors.Text.Write($"\n  {lost.Count} ");
            Escape.Text(Errors.Text, $"{lost.Cause} in {lost.Probe}", Escaping);
        }
        EndMessage();
    }

    public override void HelperError(ScriptPlace place, string helper, long returnCode, string message)
    {
        Utf8Buffer text = BeginMessage("WARNING: "u8, place);
        Escape.Text(text, message, Escaping);
        text.Write($"\nAdditional Info - helper: {helper}, retcode: {returnCode}");
        EndMessage();
    }

    public override void RuntimeError(ScriptPlace place, string message)
    {
        Escape.Text(BeginMessage("WARNING: "u8, place), message, Escaping);
        EndMessage();
    }

    public override void EndOfEvents()
    {
        Output.Text.Write("\n\n"u8);
        Output.FlushIfFull();
    }

    private Utf8Buffer BeginMessage(ReadOnlySpan<byte> severity, ScriptPlace place)
    {
        Output.Flush();
        Escape.Text(Errors.Text, $"{place.File}:{place.Line}:{place.Column}: ", Escaping);
        Errors.Text.Write(severity);
        return Errors.Text;
    }

    private void EndMessage()
    {
        Errors.Text.Write((byte)'\n');
        Errors.Flush();
    }
}
