namespace Imker.Capture.Dissection;

/// <summary>The first sequence number of the end with the lower port, and of the other.</summary>
internal readonly record struct ConnectionStart(uint Sequence, uint Acknowledged);
