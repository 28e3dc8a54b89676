using System.Buffers.Binary;
using System.Text;
using Imker.Objects;
using Imker.Rendering;

namespace Imker.Tracing.Records;

/// <summary>Does with records of data what their schemas say: format, print, join. Decodes in place, without allocation for plain fields.</summary>
internal sealed class RecordPrinter
{
    private readonly OutputRenderer renderer;
    private readonly ValueReader reader;
    private readonly WallClock clock;
    private readonly CommandRunner commands;
    private readonly Form[] forms;

    public RecordPrinter(BpfObject bpfObject, OutputRenderer renderer, ValueReader reader, WallClock clock, CommandRunner commands)
    {
        this.renderer = renderer;
        this.reader = reader;
        this.clock = clock;
        this.commands = commands;
        forms = [.. bpfObject.Records.Select(Prepare)];
    }

    /// <summary>Prints one record; one that is shorter than its schema says is refused.</summary>
    /// <exception cref="InvalidDataException">The record does not fit its schema.</exception>
    public void Print(ReadOnlySpan<byte> record)
    {
        int id = record.Length >= RecordSchema.HeaderSize ? BinaryPrimitives.ReadInt32LittleEndian(record) : -1;
        if ((uint)id >= (uint)forms.Length || record.Length < forms[id].Schema.FixedSize)
            throw new InvalidDataException($"A record of {record.Length} bytes has the schema {id}, which the object does not know so.");
        Form form = forms[id];
        switch (form.Schema.Action)
        {
            case PrintfAction { Target: PrintfTarget.Command }:
                commands.Run(FormatText(form, record), form.Place);
                break;
            case PrintfAction { Target: PrintfTarget.File }:
                commands.Show(FormatText(form, record), form.Place);
                break;
            case PrintfAction printf:
                Write(renderer.BeginText(KindOf(printf.Target), form.Place), form, record, renderer.Escaping);
                renderer.EndText();
                break;
            case PrintValueAction:
                RecordField field = form.Schema.Fields[0];
                renderer.Value(ReadField(field, Bytes(field, record, form.Schema.FixedSize, out _)));
                break;
            case TimeAction:
                clock.WriteNow(renderer.BeginText(TextKind.Time), form.Text);
                renderer.EndText();
                break;
            case JoinAction:
                Join(form, record);
                break;
        }
    }

    private static TextKind KindOf(PrintfTarget target) => target switch
    {
        PrintfTarget.Error => TextKind.Error,
        PrintfTarget.Warning => TextKind.Warning,
        _ => TextKind.Printf,
    };

    // While a command runs, the record's place in the ring is given back.
    private byte[] FormatText(Form form, ReadOnlySpan<byte> record)
    {
        using var text = new Utf8Buffer();
        Write(text, form, record, TextEscaping.None);
        return text.Written.ToArray();
    }

    private void Write(Utf8Buffer output, Form form, ReadOnlySpan<byte> record, TextEscaping escaping)
    {
        FormatString format = form.Format!;
        int next = form.Schema.FixedSize;
        output.Write(format.Literal(0));
        for (int i = 0; i < format.Conversions.Length; i++)
        {
            RecordField field = form.Schema.Fields[i];
            ReadOnlySpan<byte> bytes = Bytes(field, record, next, out int length);
            next += length;
            WriteField(output, format.Conversions[i], field, bytes, escaping);
            output.Write(format.Literal(i + 1));
        }
    }

    private void WriteField(Utf8Buffer output, Conversion conversion, in RecordField field, ReadOnlySpan<byte> bytes, TextEscaping escaping)
    {
        switch (field.Type)
        {
            case IntegerData integer when conversion.TakesInteger:
                conversion.WriteInteger(output, ValueReader.Integer(bytes, integer.Size, integer.IsSigned), escaping);
                break;
            case StringData text when !conversion.TakesInteger && !conversion.TakesBuffer:
                ReadOnlySpan<byte> content = ValueReader.TextBytes(bytes);
                ReadOnlySpan<byte> trailer = reader.MarkBehind(text, content);
                conversion.WriteText(output, trailer.IsEmpty ? content : [.. content, .. trailer], escaping);
                break;
            case BufferData when field.IsVariable:
                conversion.WriteBuffer(output, bytes);
                break;
            default:
                conversion.WriteValue(output, ReadField(field, bytes), escaping);
                break;
        }
    }

    // The length of a buffer that is sent at its true length stands apart from its bytes.
    private OutputValue ReadField(in RecordField field, ReadOnlySpan<byte> bytes) =>
        field is { Type: BufferData, IsVariable: true } ? OutputValue.Buffer(bytes) : reader.Read(field.Type, bytes);

    // A variable field's bytes stand behind the fixed part, after those of the fields before it.
    private static ReadOnlySpan<byte> Bytes(in RecordField field, ReadOnlySpan<byte> record, int next, out int length)
    {
        length = 0;
        if (!field.IsVariable)
            return record.Slice(field.Offset, field.Type.Size);
        length = BinaryPrimitives.ReadInt32LittleEndian(record[field.Offset..]);
        if ((uint)length > (uint)(record.Length - next))
            throw new InvalidDataException($"A field of {length} bytes at offset {next} does not fit a record of {record.Length} bytes.");
        return record.Slice(next, length);
    }

    private void Join(Form form, ReadOnlySpan<byte> record)
    {
        int count = Math.Min(BinaryPrimitives.ReadInt32LittleEndian(record[4..]), form.Schema.Fields.Length);
        Utf8Buffer output = renderer.BeginText(TextKind.Join);
        int next = form.Schema.FixedSize;
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
                output.Write(form.Text);
            Escape.Text(output, ValueReader.TextBytes(Bytes(form.Schema.Fields[i], record, next, out int length)), renderer.Escaping);
            next += length;
        }
        renderer.EndText();
    }

    private static Form Prepare(RecordSchema schema)
    {
        FormatString? format = null;
        byte[] text = [];
        switch (schema.Action)
        {
            case PrintfAction printf when !FormatString.TryParse(Encoding.Latin1.GetBytes(printf.Format), out format, out FormatStringError error):
                throw new InvalidDataException($"The format of record {schema.Id} is wrong at offset {error.Offset}: {error.Message}");
            case TimeAction time:
                text = Encoding.Latin1.GetBytes(time.Format);
                break;
            case JoinAction join:
                text = Encoding.Latin1.GetBytes(join.Separator);
                break;
        }
        Diagnostics.LinePosition position = schema.Span.Position;
        var place = new ScriptPlace(schema.Span.Source?.Name ?? "", position.Line + 1, position.Column + 1);
        return new Form(schema, format, text, place);
    }

    /// <param name="Format">Of formatted records.</param>
    /// <param name="Text">Of others: the format of a time, the separator of a join.</param>
    private sealed record Form(RecordSchema Schema, FormatString? Format, byte[] Text, ScriptPlace Place);
}
