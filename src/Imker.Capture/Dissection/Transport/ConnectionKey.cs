namespace Imker.Capture.Dissection;

/// <summary>Both ends of a connection, the one with the lower port first.</summary>
internal readonly record struct ConnectionKey(UInt128 Low, UInt128 High, uint Ports, bool IsVersion6);
