using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>What the kernel says about a map.</summary>
public sealed record MapInfo(uint Id, string Name, MapType Type, int KeySize, int ValueSize, uint MaxEntries, MapFlags Flags, uint BtfId);
