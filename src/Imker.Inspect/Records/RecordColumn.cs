using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>A column of a table of records.</summary>
/// <param name="Title">What stands above it.</param>
/// <param name="Key">The field that it shows.</param>
/// <param name="IsRight">Whether it is aligned to the right, as numbers are.</param>
/// <param name="Show">What is shown of the field's value; null for the value itself.</param>
internal sealed record RecordColumn(string Title, string Key, bool IsRight = false, Func<OutputValue, string>? Show = null)
{
    /// <summary>What stands where a record has no such field.</summary>
    private static readonly OutputValue Nothing = OutputValue.Text("-");

    public bool IsIn(OutputValue record) => Find(record, Key) is not null;

    public OutputValue Of(OutputValue record) =>
        Find(record, Key) is not { } value ? Nothing : Show is null ? value : OutputValue.Text(Show(value));

    public static OutputValue? Find(OutputValue record, string key)
    {
        foreach (OutputField field in record.Fields)
        {
            if (field.Name == key)
                return field.Value;
        }
        return null;
    }

    /// <summary>The items of a list with commas between them.</summary>
    public static string Joined(OutputValue list) => list.Items.IsEmpty ? "-" : string.Join(',', list.Items.Select(item => item.ToString()));
}
