namespace Imker.Filter;

/// <summary>What is known of a link-layer type beside its number.</summary>
internal readonly record struct LinkTypeRow(int Value, int FileValue, string Name, string Description);
