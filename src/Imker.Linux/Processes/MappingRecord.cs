using System.Buffers.Binary;

namespace Imker.Linux;

/// <summary>What a record of a perf event tells of a process's memory (<c>PERF_RECORD_MMAP2</c>, <c>COMM</c> and <c>FORK</c>).</summary>
internal enum MappingChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A piece of code was mapped.</summary>
    Mapped,

    /// <summary>The process became another program; what it had mapped is gone.</summary>
    Executed,

    /// <summary>It came about as a copy of another one.</summary>
    Forked,
}

/// <summary>Such a record, decoded. The events ask for the time as the only thing behind a record's own fields.</summary>
internal readonly ref struct MappingRecord
{
    private const uint TypeComm = 3, TypeFork = 7, TypeMmap2 = 10;
    private const ushort MiscExec = 1 << 13;
    private const int TimeSize = 8, PathOffset = 72;

    public MappingChange Change { get; private init; }

    public int ProcessId { get; private init; }

    public int ParentId { get; private init; }

    /// <summary>Of the clock of perf events, the same on all processors.</summary>
    public ulong Time { get; private init; }

    public ulong Address { get; private init; }

    public ulong Length { get; private init; }

    public ulong FileOffset { get; private init; }

    public FileKey File { get; private init; }

    public ReadOnlySpan<byte> Path { get; private init; }

    /// <param name="record">With its header; anything that is no such record changes nothing.</param>
    public static MappingRecord Parse(ReadOnlySpan<byte> record)
    {
        if (record.Length < 24 + TimeSize)
            return default;
        ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(record[4..]);
        int process = Integer(record, 8), second = Integer(record, 12);
        ulong time = Word(record, record.Length - TimeSize);
        return Integer(record, 0) switch
        {
            (int)TypeComm when (flags & MiscExec) != 0 => new() { Change = MappingChange.Executed, ProcessId = process, Time = time },
            // A new thread has its process as parent.
            (int)TypeFork when process != second => new() { Change = MappingChange.Forked, ProcessId = process, ParentId = second, Time = time },
            (int)TypeMmap2 when record.Length >= PathOffset + TimeSize => new()
            {
                Change = MappingChange.Mapped,
                ProcessId = process,
                Time = time,
                Address = Word(record, 16),
                Length = Word(record, 24),
                FileOffset = Word(record, 32),
                File = new FileKey((uint)Integer(record, 40), (uint)Integer(record, 44), Word(record, 48)),
                Path = UntilZero(record[PathOffset..^TimeSize]),
            },
            _ => default,
        };
    }

    private static int Integer(ReadOnlySpan<byte> record, int offset) => BinaryPrimitives.ReadInt32LittleEndian(record[offset..]);

    private static ulong Word(ReadOnlySpan<byte> record, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(record[offset..]);

    private static ReadOnlySpan<byte> UntilZero(ReadOnlySpan<byte> text) => text.IndexOf((byte)0) is var end and >= 0 ? text[..end] : text;
}
