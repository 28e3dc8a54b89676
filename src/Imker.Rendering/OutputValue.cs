using System.Collections.Immutable;
using System.Text;

namespace Imker.Rendering;

public enum OutputValueKind
{
    None,
    Bool,
    Signed,
    Unsigned,

    /// <summary>A number with a name: a pointer, an enumeration's constant. Text shows the name, JSON the number.</summary>
    Named,
    Text,
    Buffer,
    Array,
    Tuple,
    Record,

    /// <summary>Lines of a stack, each as it is to stand, indentation included.</summary>
    Stack,
    Stats,
    Histogram,
}

/// <summary>A named part of a record.</summary>
public readonly record struct OutputField(string Name, OutputValue Value);

/// <summary>What <c>stats()</c> gathers. Text and JSON show it as a record.</summary>
public sealed record OutputStats(ulong Count, OutputValue Average, OutputValue Total)
{
    internal ImmutableArray<OutputField> ToFields() =>
        [new("count", OutputValue.Unsigned(Count)), new("average", Average), new("total", Total)];
}

/// <summary>A value that is to be shown: copied out of a map or a record, and made ready (symbols found, times formatted).</summary>
public readonly struct OutputValue
{
    private readonly object? content;

    private OutputValue(OutputValueKind kind, long bits, object? content)
    {
        Kind = kind;
        Bits = bits;
        this.content = content;
    }

    public static OutputValue None => default;

    public OutputValueKind Kind { get; }

    /// <summary>The 64 bits of an integer, a Boolean or a <see cref="OutputValueKind.Named"/> number.</summary>
    public long Bits { get; }

    /// <summary>Whether <see cref="Bits"/> means something.</summary>
    public bool IsInteger => Kind is >= OutputValueKind.Bool and <= OutputValueKind.Named;

    /// <summary>The bytes of a text (UTF-8 where it comes from a careful source) or a buffer, or of the name of a named number.</summary>
    public ReadOnlySpan<byte> Bytes => content as byte[];

    /// <summary>The parts of an array or a tuple.</summary>
    public ImmutableArray<OutputValue> Items => content is ImmutableArray<OutputValue> items ? items : [];

    /// <summary>The parts of a record.</summary>
    public ImmutableArray<OutputField> Fields => content is ImmutableArray<OutputField> fields ? fields : [];

    /// <summary>The lines of a stack.</summary>
    public ImmutableArray<string> Lines => content is ImmutableArray<string> lines ? lines : [];

    public OutputStats? Statistics => content as OutputStats;

    public Histogram? Buckets => content as Histogram;

    public static OutputValue Bool(bool value) => new(OutputValueKind.Bool, value ? 1 : 0, null);

    public static OutputValue Signed(long value) => new(OutputValueKind.Signed, value, null);

    public static OutputValue Unsigned(ulong value) => new(OutputValueKind.Unsigned, (long)value, null);

    public static OutputValue Pointer(ulong value) => Named($"0x{value:x}", value);

    public static OutputValue Named(string name, ulong value) =>
        new(OutputValueKind.Named, (long)value, Encoding.UTF8.GetBytes(name));

    public static OutputValue Text(string text) => new(OutputValueKind.Text, 0, Encoding.UTF8.GetBytes(text));

    public static OutputValue Text(ReadOnlySpan<byte> utf8) => new(OutputValueKind.Text, 0, utf8.ToArray());

    public static OutputValue Buffer(ReadOnlySpan<byte> bytes) => new(OutputValueKind.Buffer, 0, bytes.ToArray());

    public static OutputValue Array(ImmutableArray<OutputValue> items) => new(OutputValueKind.Array, 0, items);

    public static OutputValue Tuple(ImmutableArray<OutputValue> items) => new(OutputValueKind.Tuple, 0, items);

    public static OutputValue Record(ImmutableArray<OutputField> fields) => new(OutputValueKind.Record, 0, fields);

    public static OutputValue Stack(ImmutableArray<string> lines) => new(OutputValueKind.Stack, 0, lines);

    public static OutputValue Stats(ulong count, OutputValue average, OutputValue total) =>
        new(OutputValueKind.Stats, 0, new OutputStats(count, average, total));

    public static OutputValue Histogram(Histogram histogram) => new(OutputValueKind.Histogram, 0, histogram);

    /// <summary>
    /// The value with its numbers divided, as <c>print(@m, top, div)</c> asks: of <see cref="OutputStats"/> the average alone.
    /// </summary>
    public OutputValue DividedBy(ulong divisor)
    {
        ArgumentOutOfRangeException.ThrowIfZero(divisor);
        return Kind switch
        {
            OutputValueKind.Signed => Signed((long)((Int128)Bits / divisor)),
            OutputValueKind.Unsigned => Unsigned((ulong)Bits / divisor),
            OutputValueKind.Array => Array([.. Items.Select(item => item.DividedBy(divisor))]),
            OutputValueKind.Tuple => Tuple([.. Items.Select(item => item.DividedBy(divisor))]),
            OutputValueKind.Record =>
                Record([.. Fields.Select(field => field with { Value = field.Value.DividedBy(divisor) })]),
            OutputValueKind.Stats =>
                Stats(Statistics!.Count, Statistics.Average.DividedBy(divisor), Statistics.Total),
            OutputValueKind.Histogram => Histogram(Buckets!.DividedBy(divisor)),
            _ => this,
        };
    }

    /// <summary>The value as text shows it.</summary>
    public override string ToString()
    {
        using var buffer = new Utf8Buffer();
        TextValueWriter.Write(buffer, this, TextEscaping.Line);
        return buffer.ToString();
    }
}
