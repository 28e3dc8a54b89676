using System.Collections.Immutable;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>A record under construction: named values in their order, and only those that there are.</summary>
internal sealed class RecordBuilder
{
    private readonly ImmutableArray<OutputField>.Builder fields = ImmutableArray.CreateBuilder<OutputField>();

    public RecordBuilder Add(string name, OutputValue value)
    {
        fields.Add(new OutputField(name, value));
        return this;
    }

    public RecordBuilder Add(string name, string text) => Add(name, OutputValue.Text(text));

    public RecordBuilder Add(string name, ulong number) => Add(name, OutputValue.Unsigned(number));

    public RecordBuilder Add(string name, bool value) => Add(name, OutputValue.Bool(value));

    public RecordBuilder AddIf(bool condition, string name, ulong number) => condition ? Add(name, number) : this;

    public RecordBuilder AddIf(bool condition, string name, string text) => condition ? Add(name, text) : this;

    /// <summary>Nothing for an empty list.</summary>
    public RecordBuilder AddList(string name, IEnumerable<OutputValue> items)
    {
        ImmutableArray<OutputValue> all = [.. items];
        return all.IsEmpty ? this : Add(name, OutputValue.Array(all));
    }

    public OutputValue Build() => OutputValue.Record(fields.ToImmutable());
}
