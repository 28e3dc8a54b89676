using System.Collections.Immutable;

namespace Imker.Objects;

/// <summary>A table of functions that the kernel is to call, such as a congestion control's (<c>struct_ops</c>).</summary>
/// <param name="TypeId">The struct in <see cref="BpfObject.Btf"/>; the kernel's own of that name says how it is laid out there.</param>
/// <param name="Functions">The members that are programs.</param>
public sealed record StructOpsSpec(uint TypeId, ImmutableArray<StructOpsFunction> Functions)
{
    /// <summary>Attached by a link, and gone with it (<c>.struct_ops.link</c>); else as long as the map.</summary>
    public bool NeedsLink { get; init; }

    /// <summary>Made only when it is asked for by name (<c>?.struct_ops</c>).</summary>
    public bool IsOnRequest { get; init; }
}

/// <summary>A member that points to a program.</summary>
/// <param name="Offset">Bytes from the start of the struct, as the object lays it out.</param>
/// <param name="Program">The name of a <see cref="ProgramSpec"/> of the object.</param>
public readonly record struct StructOpsFunction(int Offset, string Program);
