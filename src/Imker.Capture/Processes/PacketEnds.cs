namespace Imker.Capture;

/// <summary>Which ends of a packet this machine may have.</summary>
internal enum PacketEnds : byte
{
    Both,
    Sender,
    Receiver,
}
