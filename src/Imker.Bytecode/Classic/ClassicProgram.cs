using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Diagnostics;

namespace Imker.Bytecode.Classic;

/// <summary>
/// A program for the classic machine. It may hold whatever eight-byte instructions say; <see cref="ClassicValidator"/> tells whether the
/// kernel takes it.
/// </summary>
public sealed class ClassicProgram
{
    /// <summary>Scratch cells of the machine (<c>BPF_MEMWORDS</c>).</summary>
    public const int CellCount = 16;

    /// <summary>The longest program that Linux takes (<c>BPF_MAXINSNS</c>).</summary>
    public const int MaxLength = 4096;

    /// <summary>The longest program that <see cref="ClassicMachine"/> runs.</summary>
    public const int MaxLengthHere = ushort.MaxValue;

    public ClassicProgram(ImmutableArray<ClassicInstruction> instructions) =>
        Instructions = instructions.IsDefault ? [] : instructions;

    public ImmutableArray<ClassicInstruction> Instructions { get; }

    public int Length => Instructions.Length;

    /// <summary>Reads a program from its bytes.</summary>
    /// <param name="bytes">Eight for each instruction.</param>
    /// <param name="program">The program; null when the length is wrong.</param>
    /// <param name="diagnostics">What is wrong.</param>
    /// <param name="bigEndian">The byte order of the machine it was written for.</param>
    public static bool TryDecode(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ClassicProgram? program, out ImmutableArray<Diagnostic> diagnostics,
        bool bigEndian = false)
    {
        program = null;
        if (bytes.Length % ClassicInstruction.Size != 0)
        {
            diagnostics = [new Diagnostic(Severity.Error, ClassicDiagnosticId.BadLength, SourceSpan.None,
                $"cannot read a classic program: its {bytes.Length} bytes are not a multiple of {ClassicInstruction.Size}")];
            return false;
        }
        var builder = ImmutableArray.CreateBuilder<ClassicInstruction>(bytes.Length / ClassicInstruction.Size);
        for (int start = 0; start < bytes.Length; start += ClassicInstruction.Size)
            builder.Add(ClassicInstruction.Read(bytes[start..], bigEndian));
        diagnostics = [];
        program = new ClassicProgram(builder.MoveToImmutable());
        return true;
    }

    /// <summary>Writes the bytes, eight for each instruction.</summary>
    public void Encode(IBufferWriter<byte> writer, bool bigEndian = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (ClassicInstruction instruction in Instructions)
        {
            instruction.Write(writer.GetSpan(ClassicInstruction.Size), bigEndian);
            writer.Advance(ClassicInstruction.Size);
        }
    }

    /// <summary>The bytes, eight for each instruction.</summary>
    public byte[] Encode(bool bigEndian = false)
    {
        byte[] bytes = new byte[Length * ClassicInstruction.Size];
        for (int i = 0; i < Length; i++)
            Instructions[i].Write(bytes.AsSpan(i * ClassicInstruction.Size), bigEndian);
        return bytes;
    }
}
