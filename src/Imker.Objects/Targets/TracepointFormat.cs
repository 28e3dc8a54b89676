using System.Collections.Immutable;

namespace Imker.Objects;

/// <summary>The layout of a tracepoint's context, as tracefs tells it in the event's <c>format</c> file.</summary>
public sealed record TracepointFormat(string Category, string Event, int Id, ImmutableArray<TracepointField> Fields)
{
    public TracepointField? Find(string name) => Fields.FirstOrDefault(f => f.Name == name);
}

/// <param name="Name">The field's name.</param>
/// <param name="TypeText">The C type as written, without the name and the array bounds: <c>const char *</c>, <c>unsigned long</c>.</param>
/// <param name="Offset">Bytes from the start of the context.</param>
/// <param name="Size">Bytes, of the whole array.</param>
/// <param name="IsSigned">As the file says.</param>
/// <param name="ArrayLength">Elements; 0 when the field is no array.</param>
/// <param name="Location">Whether the field is the data or tells where they are.</param>
public sealed record TracepointField(
    string Name, string TypeText, int Offset, int Size, bool IsSigned, int ArrayLength, DataLocation Location);

/// <summary>Where a tracepoint field's data are.</summary>
public enum DataLocation
{
    /// <summary>In the field.</summary>
    Inline,

    /// <summary><c>__data_loc</c>: the field holds a 16-bit length over a 16-bit offset from the start of the context.</summary>
    FromContext,

    /// <summary><c>__rel_loc</c>: the same with the offset counted from the end of the field.</summary>
    FromField,
}
