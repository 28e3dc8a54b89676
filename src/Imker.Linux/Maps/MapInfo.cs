using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>What the kernel says about a map.</summary>
public sealed record MapInfo(uint Id, string Name, MapType Type, int KeySize, int ValueSize, uint MaxEntries, MapFlags Flags, uint BtfId)
{
    /// <summary>The types of key and value in the type information <see cref="BtfId"/>; 0 when untyped.</summary>
    public uint BtfKeyTypeId { get; init; }

    public uint BtfValueTypeId { get; init; }

    /// <summary>The value's type in the kernel's own type information, of tables of functions.</summary>
    public uint BtfKernelValueTypeId { get; init; }

    /// <summary>The network interface that it was made for; 0 for most.</summary>
    public uint InterfaceIndex { get; init; }

    /// <summary><c>map_extra</c>.</summary>
    public ulong Extra { get; init; }

    /// <summary>Bytes that are charged for it; null where the kernel does not tell.</summary>
    public ulong? Memory { get; init; }

    /// <summary>User space cannot write any more.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>Of a map that holds programs: the type that they are of, once one is in; null for other maps.</summary>
    public ProgramType? OwnerType { get; init; }

    /// <summary>Whether the programs that it holds are compiled.</summary>
    public bool IsOwnerJited { get; init; }
}
