namespace Imker.Filter.Generation;

/// <summary>Where the fields of Sun's ATM pseudo-header lie.</summary>
/// <param name="Protocol">Direction and kind of traffic.</param>
/// <param name="VirtualPath">One byte.</param>
/// <param name="VirtualChannel">Two bytes.</param>
/// <param name="Payload">What follows the pseudo-header.</param>
internal readonly record struct AtmOffsets(uint Protocol, uint VirtualPath, uint VirtualChannel, uint Payload);
