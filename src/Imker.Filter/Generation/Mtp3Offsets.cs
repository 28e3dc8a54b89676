namespace Imker.Filter.Generation;

/// <summary>Where the fields of SS7 messages lie in packets of a link-layer type.</summary>
internal readonly record struct Mtp3Offsets(uint LengthIndicator, uint HighSpeedLengthIndicator, uint ServiceInformation, uint PointCodes, uint LinkSelection);
