using Imker.Compiler.Ir;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

/// <summary>Memory that a program may read and write directly: so many bytes behind a pointer.</summary>
internal readonly record struct Place(IrValue Pointer, int Offset)
{
    public Place Plus(int bytes) => this with { Offset = Offset + bytes };
}

/// <summary>Memory of the kernel or of a process, which only helpers may read.</summary>
/// <param name="Address">64-bit integer, or the context.</param>
/// <param name="Offset">Bytes to add.</param>
/// <param name="Space">Whose.</param>
internal readonly record struct RemotePlace(IrValue Address, long Offset, AddressSpace Space)
{
    public RemotePlace Plus(long bytes) => this with { Offset = Offset + bytes };
}
