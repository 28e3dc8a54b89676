using Imker.Compiler.Ir;

namespace Imker.Compiler.Passes;

internal enum FrameTouchKind : byte
{
    Read,

    /// <summary>All of the bytes get a new value.</summary>
    Write,

    /// <summary>Some of the bytes may get a new value.</summary>
    MayWrite,
}

/// <summary>What an instruction does with bytes of an allocation.</summary>
internal readonly record struct FrameTouch(StackAllocateInstruction Allocation, int Offset, int Size, FrameTouchKind Kind)
{
    public bool IsWrite => Kind != FrameTouchKind.Read;

    public int End => Offset + Size;
}

/// <summary>A place in the frame; the offset is null where the run decides it.</summary>
internal readonly record struct FramePlace(StackAllocateInstruction Allocation, int? Offset);
