namespace Imker.Capture.Dissection;

/// <summary>What sequence numbers of a segment are counted from; zeros where they stand as they are.</summary>
internal readonly record struct TcpNumbers(ConnectionStart Start, bool IsReverse)
{
    /// <summary>What the numbers of a selective acknowledgment are counted from: those of the other end.</summary>
    public uint SelectiveBase => IsReverse ? Start.Sequence : Start.Acknowledged;

    /// <summary>Counts the numbers from the connection's first ones, and remembers those where it is new.</summary>
    public static TcpNumbers Of(in Dissection d, in IpHeader ip, in TcpSegment segment, ref uint sequence, ref uint acknowledged)
    {
        if (d.Context.HasAbsoluteSequenceNumbers || (segment.Flags & TcpPrinter.Ack) == 0)
            return default;
        ConnectionKey key = ConnectionKeyReader.Read(d, ip, segment.Source, segment.Destination, out bool isReverse);
        if (!d.Context.Connections.TryGet(key, out ConnectionStart start) || (segment.Flags & TcpPrinter.Syn) != 0)
        {
            start = isReverse ? new ConnectionStart(acknowledged - 1, sequence) : new ConnectionStart(sequence, acknowledged - 1);
            d.Context.Connections.Set(key, start);
            return new TcpNumbers(start, isReverse);
        }
        sequence -= isReverse ? start.Acknowledged : start.Sequence;
        acknowledged -= isReverse ? start.Sequence : start.Acknowledged;
        return new TcpNumbers(start, isReverse);
    }
}
