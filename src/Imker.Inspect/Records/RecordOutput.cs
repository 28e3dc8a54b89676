using System.Collections.Immutable;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>Writes records: as a table, or as one JSON value. What comes from the kernel is escaped for either.</summary>
public sealed class RecordOutput : IDisposable
{
    private readonly BatchedOutput output;

    public RecordOutput(Stream stream, InspectFormat format)
    {
        output = new BatchedOutput(stream);
        Format = format;
    }

    public InspectFormat Format { get; }

    public bool IsJson => Format != InspectFormat.Text;

    /// <summary>A list: a table of the columns that at least one record has a value for, or an array.</summary>
    internal void WriteList(IReadOnlyList<RecordColumn> columns, IReadOnlyList<OutputValue> records)
    {
        if (IsJson)
            WriteJson(OutputValue.Array([.. records]));
        else if (records.Count > 0)
            WriteTable([.. columns.Where(column => records.Any(column.IsIn))], records);
    }

    internal void WriteJson(OutputValue value)
    {
        if (Format == InspectFormat.PrettyJson)
        {
            using var text = new Utf8Buffer();
            JsonValueWriter.Write(text, value);
            JsonIndentation.Write(output.Text, text.Written);
        }
        else
        {
            JsonValueWriter.Write(output.Text, value);
        }
        output.Text.Write((byte)'\n');
        output.FlushIfFull();
    }

    /// <summary>A line of text, in which no control character of others is left.</summary>
    internal void WriteLine(string text)
    {
        Escape.Text(output.Text, text, TextEscaping.Line);
        output.Text.Write((byte)'\n');
        output.FlushIfFull();
    }

    /// <summary>Text of ours, or of a file that the user named, as it is.</summary>
    internal void WriteBlock(string text)
    {
        Escape.Text(output.Text, text, TextEscaping.Block);
        output.FlushIfFull();
    }

    public void Flush() => output.Flush();

    public void Dispose() => output.Dispose();

    private void WriteTable(ImmutableArray<RecordColumn> columns, IReadOnlyList<OutputValue> records)
    {
        List<ImmutableArray<OutputValue>> rows = [.. records.Select(record => columns.Select(column => column.Of(record)).ToImmutableArray())];
        ImmutableArray<Column> fitted = TableRenderer.Fit([.. columns.Select(column => new Column(column.Title, column.Key, 0, column.IsRight))], rows);
        var table = new TableRenderer(output, fitted, TableFormat.Text);
        table.WriteHeader();
        foreach (ImmutableArray<OutputValue> row in rows)
            table.WriteRow(row.AsSpan());
    }
}
