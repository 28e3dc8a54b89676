using Imker.Btf;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>Writes what an object's buffers yield: a line or a JSON object for each record. What else is to be said goes to standard error.</summary>
public sealed class RunOutput : IDisposable
{
    private readonly BatchedOutput output;
    private readonly BatchedOutput errors;

    /// <param name="output">Records.</param>
    /// <param name="errors">Remarks.</param>
    /// <param name="isJson">A JSON object a record, instead of a line for people.</param>
    public RunOutput(Stream output, Stream errors, bool isJson)
    {
        this.output = new BatchedOutput(output);
        this.errors = new BatchedOutput(errors);
        IsJson = isJson;
    }

    public bool IsJson { get; }

    /// <param name="map">The buffer's name.</param>
    /// <param name="type">What the record is; null where nothing tells.</param>
    /// <param name="cpu">Of a perf buffer.</param>
    /// <param name="record">Its bytes.</param>
    internal void Record(string map, BtfType? type, int? cpu, ReadOnlySpan<byte> record)
    {
        OutputValue value = type is { } known ? BtfValueReader.Read(known, record) : OutputValue.Buffer(record);
        if (IsJson)
            WriteJson(map, type, cpu, value);
        else
            WriteText(map, cpu, value);
        output.Text.Write((byte)'\n');
        output.FlushIfFull();
    }

    /// <summary>What an iterator writes.</summary>
    internal void Text(ReadOnlySpan<byte> text)
    {
        Escape.Text(output.Text, text, TextEscaping.Block);
        output.FlushIfFull();
    }

    internal void Attached(int programs)
    {
        if (IsJson)
            output.Text.Write($"{{\"type\": \"attached_programs\", \"data\": {{\"programs\": {programs}}}}}\n");
        else
            Remark($"Attached {programs} {(programs == 1 ? "program" : "programs")}");
        Flush();
    }

    internal void Lost(string map, ulong count)
    {
        if (count == 0)
            return;
        if (IsJson)
        {
            output.Text.Write("{\"type\": \"lost_events\", \"map\": "u8);
            JsonValueWriter.WriteString(output.Text, map);
            output.Text.Write($", \"data\": {{\"events\": {count}}}}}\n");
        }
        else
        {
            Remark($"Lost {count} {(count == 1 ? "record" : "records")} of {map}");
        }
    }

    /// <summary>A sentence on standard error.</summary>
    internal void Remark(string text)
    {
        output.Flush();
        Escape.Text(errors.Text, text, TextEscaping.Line);
        errors.Text.Write((byte)'\n');
        errors.Flush();
    }

    public void Flush()
    {
        output.Flush();
        errors.Flush();
    }

    public void Dispose()
    {
        output.Dispose();
        errors.Dispose();
    }

    private void WriteJson(string map, BtfType? type, int? cpu, OutputValue value)
    {
        output.Text.Write("{\"type\": \"record\", \"map\": "u8);
        JsonValueWriter.WriteString(output.Text, map);
        if (type is { } known)
        {
            output.Text.Write(", \"struct\": "u8);
            JsonValueWriter.WriteString(output.Text, known.NameBytes);
        }
        if (cpu is { } number)
            output.Text.Write($", \"cpu\": {number}");
        output.Text.Write(", \"data\": "u8);
        JsonValueWriter.Write(output.Text, value);
        output.Text.Write((byte)'}');
    }

    private void WriteText(string map, int? cpu, OutputValue value)
    {
        Escape.Text(output.Text, map, TextEscaping.Line);
        output.Text.Write(":"u8);
        if (cpu is { } number)
            output.Text.Write($" cpu={number}");
        if (value.Kind != OutputValueKind.Record)
        {
            output.Text.Write((byte)' ');
            TextValueWriter.Write(output.Text, value, TextEscaping.Line);
            return;
        }
        foreach (OutputField field in value.Fields)
        {
            output.Text.Write((byte)' ');
            Escape.Text(output.Text, field.Name, TextEscaping.Line);
            output.Text.Write((byte)'=');
            WriteField(field.Value);
        }
    }

    // A text that would not be told from what stands around it has quotes.
    private void WriteField(OutputValue value)
    {
        bool needsQuotes = value.Kind == OutputValueKind.Text && (value.Bytes.IsEmpty || value.Bytes.IndexOfAny(" =\""u8) >= 0);
        if (needsQuotes)
            JsonValueWriter.Write(output.Text, value);
        else
            TextValueWriter.Write(output.Text, value, TextEscaping.Line);
    }
}
