using Imker.Bytecode.Classic;

namespace Imker.Capture;

/// <summary>One filter for packets of several link types: for each type that comes it is compiled once.</summary>
/// <param name="compile">Makes the program for a DLT value; null where all packets pass.</param>
public sealed class CaptureFilters(Func<int, ClassicProgram?> compile)
{
    private readonly Dictionary<int, ClassicMachine?> machines = [];
    private ClassicMachine? current;
    private int currentLinkType = -1;

    /// <summary>Whether a packet passes.</summary>
    public bool Accept(in CapturedPacket packet)
    {
        if (packet.LinkType != currentLinkType)
            Select(packet.LinkType);
        return current is null || current.Run(packet.Data, new ClassicPacketInfo { Length = packet.OriginalLength }) != 0;
    }

    /// <summary>Compiles the filter for a link type, so that what is wrong with it comes before the first packet.</summary>
    public void Select(int linkType)
    {
        if (!machines.TryGetValue(linkType, out current))
            machines[linkType] = current = compile(linkType) is { } program ? ClassicMachine.Create(program) : null;
        currentLinkType = linkType;
    }
}
