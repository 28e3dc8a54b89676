using Imker.Diagnostics;

namespace Imker.Compiler.Lir;

/// <summary>Memory in a function's frame: an allocation of the source or a spilled value.</summary>
internal sealed class FrameSlot(int size, int alignment, string name, SourceSpan span)
{
    /// <summary>Bytes.</summary>
    public int Size { get; } = size;

    public int Alignment { get; } = alignment;

    /// <summary>What it holds, for messages.</summary>
    public string Name { get; } = name;

    public SourceSpan Span { get; } = span;

    /// <summary>Bytes from R10, negative; set when the frame is laid out.</summary>
    public int Offset { get; set; }
}
