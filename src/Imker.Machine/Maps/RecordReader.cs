namespace Imker.Machine;

/// <summary>Reads a record of a ring in place; its bytes are the record's only during the call.</summary>
public delegate void RecordReader(ReadOnlySpan<byte> record);
