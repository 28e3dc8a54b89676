using Imker.Linux;

namespace Imker.Capture;

/// <summary>Answers that hold for a moment: the packets of a flow come in bursts, and to ask the kernel for each would cost more than to print it.</summary>
internal sealed class FlowOwners
{
    private const int MostKept = 16_384;
    private const long MillisecondsValid = 10;

    private readonly Dictionary<(PacketFlow, PacketEnds), (SocketOwner? Owner, long Time)> answers = [];

    /// <summary>False where nothing is known, or no longer.</summary>
    internal bool TryGet(in PacketFlow flow, PacketEnds ends, out SocketOwner? owner)
    {
        bool isKnown = answers.TryGetValue((flow, ends), out (SocketOwner? Owner, long Time) answer);
        owner = answer.Owner;
        return isKnown && Environment.TickCount64 - answer.Time <= MillisecondsValid;
    }

    internal SocketOwner? Keep(in PacketFlow flow, PacketEnds ends, SocketOwner? owner)
    {
        if (answers.Count >= MostKept)
            answers.Clear();
        answers[(flow, ends)] = (owner, Environment.TickCount64);
        return owner;
    }
}
