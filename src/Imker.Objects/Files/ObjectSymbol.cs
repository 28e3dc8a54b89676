using Imker.Elf;

namespace Imker.Objects;

/// <summary>A symbol of an object file.</summary>
/// <param name="Section">The number of the section that it is in; 0 where the file does not define it.</param>
/// <param name="Value">Bytes from the start of the section.</param>
internal sealed record ObjectSymbol(string Name, ElfSymbolType Type, ElfSymbolBinding Binding, int Section, ulong Value, ulong Size);
