using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>What the symbols and sections of a file are called in the object.</summary>
internal sealed class LinkNames
{
    /// <summary>By the symbols in <c>.maps</c>.</summary>
    public Dictionary<string, string> Maps { get; } = new(StringComparer.Ordinal);

    /// <summary>The maps of the sections of data.</summary>
    public Dictionary<string, string> Sections { get; } = new(StringComparer.Ordinal);

    /// <summary>By the symbols in <c>.text</c>.</summary>
    public Dictionary<string, string> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>By section and offset in it, where several functions are called the same.</summary>
    public Dictionary<(int Section, ulong Value), string> FunctionPlaces { get; } = [];

    /// <summary>By the symbols that the file does not define: the kernel's, the configuration's, and those of objects to be linked with.</summary>
    public Dictionary<string, Reference> KernelSymbols { get; } = new(StringComparer.Ordinal);
}
