using System.Collections.Immutable;

namespace Imker.Rendering;

/// <summary>bpftrace's JSON lines: one object a line, all on the standard output.</summary>
public sealed class JsonRenderer(BatchedOutput output, BatchedOutput errors) : OutputRenderer(output, errors)
{
    private readonly Utf8Buffer text = new();
    private TextKind current;
    private ScriptPlace currentPlace;

    public override TextEscaping Escaping => TextEscaping.None;

    public override Utf8Buffer BeginText(TextKind kind, ScriptPlace place = default)
    {
        current = kind;
        currentPlace = place;
        text.Clear();
        return text;
    }

    public override void EndText()
    {
        if (current is TextKind.Error or TextKind.Warning)
        {
            BeginMessage(NameOf(current), text.Written);
            EndMessage(currentPlace);
            return;
        }
        BeginData(NameOf(current));
        JsonValueWriter.WriteString(Output.Text, text.Written);
        EndLine();
    }

    public override void Value(in OutputValue value)
    {
        BeginData("value"u8);
        JsonValueWriter.Write(Output.Text, value);
        EndLine();
    }

    public override void Map(MapSnapshot map, int top = 0, ulong divisor = 1)
    {
        ImmutableArray<MapEntry> entries = map.Arrange(top, divisor);
        if (entries.IsEmpty)
            return;
        BeginData(map.IsStatistics ? "stats"u8 : entries[0].Value.Kind == OutputValueKind.Histogram ? "hist"u8 : "map"u8);
        Output.Text.Write((byte)'{');
        JsonValueWriter.WriteString(Output.Text, map.Name);
        Output.Text.Write(": "u8);
        if (map.IsScalar)
            JsonValueWriter.Write(Output.Text, entries[0].Value);
        else
            WriteEntries(entries);
        Output.Text.Write((byte)'}');
        EndLine();
    }

    public override void AttachedProbes(int count)
    {
        Output.Text.Write($"{{\"type\": \"attached_probes\", \"count\": {count}, \"data\": {{\"probes\": {count}}}");
        EndLine();
    }

    public override void LostEvents(ulong count, ReadOnlySpan<LostCount> causes)
    {
        Output.Text.Write($"{{\"type\": \"lost_events\", \"count\": {count}, \"data\": {{\"events\": {count}");
        for (int i = 0; i < causes.Length; i++)
        {
            Output.Text.Write(i == 0 ? ", \"causes\": [{\"probe\": "u8 : ", {\"probe\": "u8);
            JsonValueWriter.WriteString(Output.Text, causes[i].Probe);
            Output.Text.Write(", \"cause\": "u8);
            JsonValueWriter.WriteString(Output.Text, causes[i].Cause);
            Output.Text.Write($", \"count\": {causes[i].Count}}}");
        }
        Output.Text.Write(causes.IsEmpty ? "}"u8 : "]}"u8);
        EndLine();
    }

    public override void HelperError(ScriptPlace place, string helper, long returnCode, string message)
    {
        BeginMessage("helper_error"u8, message);
        Output.Text.Write(", \"helper\": "u8);
        JsonValueWriter.WriteString(Output.Text, helper);
        Output.Text.Write($", \"retcode\": {returnCode}");
        EndMessage(place);
    }

    public override void RuntimeError(ScriptPlace place, string message)
    {
        BeginMessage("runtime_error"u8, message);
        EndMessage(place);
    }

    public override void EndOfEvents()
    {
    }

    private static ReadOnlySpan<byte> NameOf(TextKind kind) => kind switch
    {
        TextKind.Printf => "printf"u8,
        TextKind.Time => "time"u8,
        TextKind.Cat => "cat"u8,
        TextKind.Join => "join"u8,
        TextKind.System => "syscall"u8,
        TextKind.Error => "errorf"u8,
        TextKind.Warning => "warnf"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private void WriteEntries(ImmutableArray<MapEntry> entries)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            Output.Text.Write(i == 0 ? "{"u8 : ", "u8);
            JsonValueWriter.WriteKey(Output.Text, entries[i].Key);
            Output.Text.Write(": "u8);
            JsonValueWriter.Write(Output.Text, entries[i].Value);
        }
        Output.Text.Write((byte)'}');
    }

    private void BeginData(ReadOnlySpan<byte> type)
    {
        Output.Text.Write("{\"type\": \""u8);
        Output.Text.Write(type);
        Output.Text.Write("\", \"data\": "u8);
    }

    private void BeginMessage(ReadOnlySpan<byte> type, ReadOnlySpan<char> message)
    {
        text.Clear();
        text.Write(message);
        BeginMessage(type, text.Written);
    }

    private void BeginMessage(ReadOnlySpan<byte> type, ReadOnlySpan<byte> message)
    {
        Output.Text.Write("{\"type\": \""u8);
        Output.Text.Write(type);
        Output.Text.Write("\", \"msg\": "u8);
        JsonValueWriter.WriteString(Output.Text, message);
    }

    private void EndMessage(ScriptPlace place)
    {
        Output.Text.Write(", \"filename\": "u8);
        JsonValueWriter.WriteString(Output.Text, place.File);
        Output.Text.Write($", \"line\": {place.Line}, \"col\": {place.Column}");
        EndLine();
    }

    private void EndLine()
    {
        Output.Text.Write("}\n"u8);
        Output.FlushIfFull();
    }
}
