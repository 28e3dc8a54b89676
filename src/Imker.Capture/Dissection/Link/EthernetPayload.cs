namespace Imker.Capture.Dissection;

/// <summary>Where a frame begins, what of it is header, and what its last type field says.</summary>
internal readonly record struct EthernetPayload(int At, int Header, int Length, int Captured, int Type);
