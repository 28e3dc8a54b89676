using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Imker.Linux;

/// <summary>Where the functions and source lines of a loaded program lie. What the kernel hides, or the program came without, is empty.</summary>
/// <param name="Functions">Ascending by slot; the first is the program's entry.</param>
/// <param name="Lines">Ascending by slot.</param>
public sealed record ProgramLayout(ImmutableArray<FunctionPlace> Functions, ImmutableArray<LinePlace> Lines)
{
    internal static ProgramLayout Make(
        ReadOnlySpan<ulong> symbols, ReadOnlySpan<uint> lengths, ReadOnlySpan<byte> functions, ReadOnlySpan<byte> lines, ReadOnlySpan<ulong> jitedLines)
    {
        ReadOnlySpan<uint> functionWords = MemoryMarshal.Cast<byte, uint>(functions), lineWords = MemoryMarshal.Cast<byte, uint>(lines);
        var places = ImmutableArray.CreateBuilder<FunctionPlace>();
        for (int i = 0; i < Math.Max(symbols.Length, functionWords.Length / 2); i++)
        {
            (uint slot, uint type) = 2 * i + 1 < functionWords.Length ? (functionWords[2 * i], functionWords[2 * i + 1]) : (0, 0);
            places.Add(new FunctionPlace((int)slot, type, i < symbols.Length ? symbols[i] : 0, i < lengths.Length ? (int)lengths[i] : 0));
        }
        var lineRecords = ImmutableArray.CreateBuilder<LinePlace>(lineWords.Length / 4);
        for (int i = 0; i < lineWords.Length / 4; i++)
        {
            ReadOnlySpan<uint> words = lineWords.Slice(4 * i, 4);
            lineRecords.Add(new LinePlace((int)words[0], words[1], words[2], (int)(words[3] >> 10), (int)(words[3] & 0x3ff), i < jitedLines.Length ? jitedLines[i] : 0));
        }
        return new ProgramLayout(places.ToImmutable(), lineRecords.MoveToImmutable());
    }
}

/// <param name="Slot">Its first slot of translated code.</param>
/// <param name="BtfTypeId">The function in the program's type information; 0 without.</param>
/// <param name="Address">Of its machine code; 0 when hidden.</param>
/// <param name="Length">Bytes of its machine code.</param>
public readonly record struct FunctionPlace(int Slot, uint BtfTypeId, ulong Address, int Length);

/// <param name="Slot">The first slot of translated code that comes from it.</param>
/// <param name="FileOffset">Its file's name in the strings of the program's type information.</param>
/// <param name="TextOffset">Its text there.</param>
/// <param name="Line">From 1 on.</param>
/// <param name="Column">From 1 on; 0 when unknown.</param>
/// <param name="Address">The first byte of machine code that comes from it; 0 when hidden.</param>
public readonly record struct LinePlace(int Slot, uint FileOffset, uint TextOffset, int Line, int Column, ulong Address);
