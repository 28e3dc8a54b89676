using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Imker.Diagnostics;

namespace Imker.Bytecode.Classic.Text;

/// <summary>
/// Reads a program as numbers: a count, then four for each instruction, by white space (<c>tcpdump -ddd</c>) or by commas in one line, as
/// iptables' and tc's <c>bytecode</c> take it.
/// </summary>
public static class ClassicDecimalReader
{
    private const int FieldCount = 4;

    /// <summary>Reads a text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="program">The program; null when there are errors.</param>
    /// <param name="diagnostics">What is wrong, with line and column.</param>
    public static bool TryParse(
        SourceText source, [NotNullWhen(true)] out ClassicProgram? program, out ImmutableArray<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        var bag = new DiagnosticBag();
        List<uint> numbers = ReadNumbers(source, bag);
        if (!bag.HasErrors)
            CheckCount(source, numbers, bag);
        program = bag.HasErrors ? null : ToProgram(numbers, source, bag);
        diagnostics = bag.ToSorted();
        return !bag.HasErrors;
    }

    private static List<uint> ReadNumbers(SourceText source, DiagnosticBag diagnostics)
    {
        var numbers = new List<uint>();
        ReadOnlySpan<char> text = source.Text;
        for (int start = 0; start < text.Length && diagnostics.SuppressedErrors == 0;)
        {
            if (IsSeparator(text[start]))
            {
                start++;
                continue;
            }
            int length = text[start..].IndexOfAny(" \t\r\n,");
            int end = length < 0 ? text.Length : start + length;
            if (uint.TryParse(text[start..end], NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
                numbers.Add(number);
            else
                diagnostics.Error(ClassicDiagnosticId.BadText, source.Span(start, end), "expected a decimal number of 32 bits");
            start = end;
        }
        return numbers;
    }

    private static void CheckCount(SourceText source, List<uint> numbers, DiagnosticBag diagnostics)
    {
        if (numbers.Count == 0)
            diagnostics.Error(ClassicDiagnosticId.BadCount, source.Span(0, source.Length), "expected the count of instructions, found nothing");
        else if ((numbers.Count - 1) % FieldCount != 0 || numbers[0] != (numbers.Count - 1) / FieldCount)
        {
            diagnostics.Error(ClassicDiagnosticId.BadCount, source.Span(0, source.Length),
                $"{numbers[0]} instructions take {numbers[0] * (long)FieldCount} numbers, but {numbers.Count - 1} follow");
        }
    }

    private static ClassicProgram ToProgram(List<uint> numbers, SourceText source, DiagnosticBag diagnostics)
    {
        var builder = ImmutableArray.CreateBuilder<ClassicInstruction>(numbers.Count / FieldCount);
        for (int i = 1; i < numbers.Count; i += FieldCount)
        {
            if (numbers[i] > ushort.MaxValue || numbers[i + 1] > byte.MaxValue || numbers[i + 2] > byte.MaxValue)
            {
                diagnostics.Error(ClassicDiagnosticId.BadText, source.Span(0, source.Length),
                    $"instruction {i / FieldCount}: an opcode has 16 bits, a jump's distance 8");
            }
            builder.Add(new ClassicInstruction((ushort)numbers[i], (byte)numbers[i + 1], (byte)numbers[i + 2], numbers[i + 3]));
        }
        return new ClassicProgram(builder.MoveToImmutable());
    }

    private static bool IsSeparator(char c) => c is ' ' or '\t' or '\r' or '\n' or ',';
}
