namespace Imker.Capture.Dissection;

/// <summary>A segment: where it begins, the length of its header, and of all.</summary>
internal readonly record struct TcpSegment(int At, int Header, int Length, int Source, int Destination, byte Flags)
{
    public int PayloadLength => Length - Header;

    public bool HasPort(int port) => Source == port || Destination == port;
}
