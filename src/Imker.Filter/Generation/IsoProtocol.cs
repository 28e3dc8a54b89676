namespace Imker.Filter.Generation;

/// <summary>OSI network protocols (ISO/IEC TR 9577), and the PDU types of IS-IS (ISO/IEC 10589).</summary>
internal static class IsoProtocol
{
    public const uint Clnp = 0x81, Esis = 0x82, Isis = 0x83;

    public const uint
        L1LanHello = 15,
        L2LanHello = 16,
        PointToPointHello = 17,
        L1LinkState = 18,
        L2LinkState = 20,
        L1CompleteSequence = 24,
        L2CompleteSequence = 25,
        L1PartialSequence = 26,
        L2PartialSequence = 27;
}
