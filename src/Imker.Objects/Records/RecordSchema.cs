using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>
/// One kind of record that programs send through a ring buffer: its layout, and what the reader does with it.
/// </summary>
/// <remarks>
/// Layout, version 1, all in the target's byte order: 32-bit schema id, 32 bits of <em>auxiliary</em> data (0 unless the
/// action says otherwise); where the object has more than one data ring, and in every control record, a 64-bit order mark;
/// then the fields at their constant offsets. A field of variable length holds its 32-bit byte count there; the bytes of all
/// such fields follow behind the fixed part, in the order of the fields, without padding.
/// </remarks>
/// <param name="Id">Index in <see cref="BpfObject.Records"/>.</param>
/// <param name="Action">What the reader does.</param>
/// <param name="FixedSize">Bytes of the fixed part, header included; a multiple of 8.</param>
/// <param name="Fields">In the order of their arguments.</param>
public sealed record RecordSchema(int Id, RecordAction Action, int FixedSize, ImmutableArray<RecordField> Fields)
{
    /// <summary>Bytes of a record's header: schema id and auxiliary data.</summary>
    public const int HeaderSize = 8;

    /// <summary>Bytes of the order mark behind the header, in records that have one.</summary>
    public const int MarkSize = 8;

    /// <summary>The name of the control ring's map.</summary>
    public const string ControlRing = "control";

    /// <summary>
    /// The name of the data ring's map. Of an object with several it is a map of maps that holds them, called <c>events0</c>,
    /// <c>events1</c>, …
    /// </summary>
    public const string DataRing = "events";

    /// <summary>Where in the source the record is made.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>No field has a variable length, so every record takes <see cref="FixedSize"/> bytes.</summary>
    public bool IsFixedSize => !Fields.Any(f => f.IsVariable);

    /// <summary>The bytes of the longest record.</summary>
    public int MaxSize => FixedSize + Fields.Where(f => f.IsVariable).Sum(f => f.Type.Size);
}

/// <param name="Offset">Bytes from the start of the record.</param>
/// <param name="Type">What stands there; its size is the most that a variable field may take.</param>
/// <param name="IsVariable">The offset holds a 32-bit byte count, the bytes follow behind the fixed part.</param>
public readonly record struct RecordField(int Offset, DataType Type, bool IsVariable);
