using Imker.Bytecode.Classic;
using Imker.Machine;

namespace Imker.Capture;

/// <summary>One filter for packets of several link types: for each type that comes it is compiled once.</summary>
/// <param name="compile">Makes the program for a DLT value; null where all packets pass.</param>
public sealed class CaptureFilters(Func<int, ClassicProgram?> compile)
{
    private readonly Dictionary<int, PacketMatcher?> matchers = [];
    private PacketMatcher? current;
    private int currentLinkType = -1;

    /// <summary>Whether a packet passes.</summary>
    public bool Accept(in CapturedPacket packet) =>
        For(packet.LinkType) is not { } matcher || matcher.Run(packet.Data, packet.OriginalLength) != 0;

    /// <summary>The filter for a link type, ready to run; null where all packets pass. What is wrong with it comes before the first packet so.</summary>
    public PacketMatcher? For(int linkType)
    {
        if (linkType != currentLinkType)
            Select(linkType);
        return current;
    }

    private void Select(int linkType)
    {
        if (!matchers.TryGetValue(linkType, out current))
            matchers[linkType] = current = compile(linkType) is { } program ? PacketMatcher.Create(program) : null;
        currentLinkType = linkType;
    }
}
