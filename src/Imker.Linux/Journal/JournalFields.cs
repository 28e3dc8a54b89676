using System.Globalization;

namespace Imker.Linux;

/// <summary>Names and values of one attachment in the journal.</summary>
internal sealed class JournalFields
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    internal IEnumerable<KeyValuePair<string, string>> All => values;

    internal string this[string name]
    {
        get => values.TryGetValue(name, out string? value) ? value : throw new FormatException($"the journal has no '{name}'");
        set => values[name] = value;
    }

    internal void Set(string name, ulong value) => values[name] = value.ToString(CultureInfo.InvariantCulture);

    internal ulong Number(string name) => ulong.TryParse(this[name], CultureInfo.InvariantCulture, out ulong value)
        ? value
        : throw new FormatException($"the journal's '{name}' is no number");

    internal uint Word(string name) => Number(name) is var value && value <= uint.MaxValue
        ? (uint)value
        : throw new FormatException($"the journal's '{name}' is too large");

    internal int Index(string name) => (int)Word(name);
}
