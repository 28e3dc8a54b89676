namespace Imker.Elf;

/// <summary>One relocation: what has to be patched, how, and with which symbol.</summary>
/// <param name="Offset">In an object file, the offset in the section that is patched.</param>
/// <param name="Type">Of the machine's list, such as <c>R_BPF_64_64</c> (1) and <c>R_BPF_64_32</c> (10).</param>
/// <param name="SymbolIndex">In the symbol table that the relocation section links to.</param>
/// <param name="Addend">0 where the section has none; there the addend stands in the patched bytes.</param>
public readonly record struct ElfRelocation(ulong Offset, uint Type, uint SymbolIndex, long Addend = 0);
