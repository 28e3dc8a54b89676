using System.Collections.Immutable;

namespace Imker.Rendering;

/// <summary>
/// Writes rows as they come. In text a value that is wider than its column moves the rest of its line, and the last column is
/// not filled up; for a table that is whole, <see cref="Fit"/> finds the widths first.
/// </summary>
public sealed class TableRenderer(BatchedOutput output, ImmutableArray<Column> columns, TableFormat format)
{
    private Utf8Buffer Text => output.Text;

    /// <summary>The columns, each made as wide as its title and its widest value.</summary>
    public static ImmutableArray<Column> Fit(ImmutableArray<Column> columns, IReadOnlyList<ImmutableArray<OutputValue>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var scratch = new Utf8Buffer();
        var fitted = ImmutableArray.CreateBuilder<Column>(columns.Length);
        for (int i = 0; i < columns.Length; i++)
        {
            int width = Math.Max(columns[i].Width, columns[i].Title.Length);
            foreach (ImmutableArray<OutputValue> row in rows)
            {
                scratch.Clear();
                TextValueWriter.Write(scratch, row[i], TextEscaping.Line);
                width = Math.Max(width, WidthOf(scratch.Written));
            }
            fitted.Add(columns[i] with { Width = width });
        }
        return fitted.MoveToImmutable();
    }

    /// <summary>Writes the line above the rows; JSON has none.</summary>
    public void WriteHeader()
    {
        if (format == TableFormat.Json)
            return;
        for (int i = 0; i < columns.Length; i++)
        {
            WriteSeparator(i);
            int start = Text.Length;
            Text.Write(format == TableFormat.Csv ? columns[i].Key : columns[i].Title);
            AlignText(i, start);
        }
        EndLine();
    }

    /// <exception cref="ArgumentException">There are not as many values as columns.</exception>
    public void WriteRow(params ReadOnlySpan<OutputValue> values)
    {
        if (values.Length != columns.Length)
            throw new ArgumentException($"A row of {columns.Length} columns has {values.Length} values.", nameof(values));
        for (int i = 0; i < columns.Length; i++)
        {
            WriteSeparator(i);
            switch (format)
            {
                case TableFormat.Json:
                    WriteJson(i, values[i]);
                    break;
                case TableFormat.Csv:
                    WriteCsv(values[i]);
                    break;
                default:
                    WriteText(i, values[i]);
                    break;
            }
        }
        if (format == TableFormat.Json)
            Text.Write(columns.IsEmpty ? "{}"u8 : "}"u8);
        EndLine();
    }

    private void WriteSeparator(int column)
    {
        if (format == TableFormat.Json)
            Text.Write(column == 0 ? "{"u8 : ", "u8);
        else if (column > 0)
            Text.Write((byte)(format == TableFormat.Csv ? ',' : ' '));
    }

    private void WriteJson(int column, in OutputValue value)
    {
        JsonValueWriter.WriteString(Text, columns[column].Key);
        Text.Write(": "u8);
        JsonValueWriter.Write(Text, value);
    }

    private void WriteText(int column, in OutputValue value)
    {
        int start = Text.Length;
        TextValueWriter.Write(Text, value, TextEscaping.Line);
        AlignText(column, start);
    }

    // A number is no formula, whatever its sign.
    private void WriteCsv(in OutputValue value)
    {
        if (value.Kind is OutputValueKind.Signed or OutputValueKind.Unsigned)
        {
            TextValueWriter.Write(Text, value, TextEscaping.None);
            return;
        }
        using var field = new Utf8Buffer();
        TextValueWriter.Write(field, value, TextEscaping.None);
        Escape.Csv(Text, field.Written);
    }

    private void AlignText(int column, int start)
    {
        if (format != TableFormat.Text || (column == columns.Length - 1 && !columns[column].IsRight))
            return;
        ReadOnlySpan<byte> written = Text.Written[start..];
        int continuations = written.Length - WidthOf(written);
        Text.Pad(start, columns[column].Width + continuations, left: !columns[column].IsRight);
    }

    private void EndLine()
    {
        Text.Write((byte)'\n');
        output.FlushIfFull();
    }

    // Characters: bytes that do not continue one.
    private static int WidthOf(ReadOnlySpan<byte> utf8)
    {
        int width = 0;
        foreach (byte value in utf8)
            width += (value & 0xc0) != 0x80 ? 1 : 0;
        return width;
    }
}
