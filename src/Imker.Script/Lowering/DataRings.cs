using System.Numerics;
using Imker.Objects;
using Imker.Script.Bound;

namespace Imker.Script.Lowering;

/// <summary>The rings that records of data are sent through: each CPU has one, shared with others. docs/decisions/0006-data-rings.md.</summary>
/// <param name="Count">A power of two.</param>
/// <param name="BytesEach">A power of two, a page at least.</param>
internal readonly record struct DataRings(int Count, int BytesEach)
{
    private const int CpusOfOneRing = 8;
    private const int PageSize = 4096;

    // A ring that a few of the longest texts fill would lose them.
    private const int TextsOfOneRing = 16;

    public bool AreSeveral => Count > 1;

    /// <summary>Bytes of a record before its fields.</summary>
    public int FieldsOffset => AreSeveral ? RecordSchema.HeaderSize + RecordSchema.MarkSize : RecordSchema.HeaderSize;

    public static DataRings Choose(ScriptConfig config, int possibleCpus)
    {
        int count = config.DataRings > 0 ? (int)BitOperations.RoundUpToPowerOf2((uint)config.DataRings) : ForMachine(config, possibleCpus);
        return new DataRings(count, Math.Max(PageSize, config.RingBytes / count));
    }

    private static int ForMachine(ScriptConfig config, int possibleCpus)
    {
        int count = (int)BitOperations.RoundUpToPowerOf2((uint)((possibleCpus + CpusOfOneRing - 1) / CpusOfOneRing));
        count = Math.Clamp(count, 1, ScriptConfig.MostDataRings);
        while (count > 1 && config.RingBytes / count < TextsOfOneRing * config.MaxStringLength)
            count /= 2;
        return count;
    }
}
