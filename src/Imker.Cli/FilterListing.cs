using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Bytecode.Classic;
using Imker.Bytecode.Classic.Text;

namespace Imker.Cli;

/// <summary>The forms in which a compiled filter is shown: tcpdump's, and eBPF.</summary>
internal static class FilterListing
{
    /// <param name="level">How often <c>-d</c> was given: 1 for a listing, 2 for initializers of C, 3 for decimal numbers.</param>
    public static string Format(ClassicProgram program, int level) => level switch
    {
        <= 1 => ClassicListing.Format(program),
        2 => ClassicListing.FormatInitializers(program),
        _ => ClassicListing.FormatDecimal(program),
    };

    /// <summary>An eBPF program as assembly, with labels.</summary>
    public static string Format(ImmutableArray<Instruction> instructions) =>
        Disassembler.Format(new Code(instructions), DisassemblyOptions.Listing);
}
