using System.Collections.Immutable;
using Imker.Diagnostics;

namespace Imker.Bytecode.Classic;

/// <summary>
/// The kernel's rules for classic programs: <c>bpf_check_basics_ok</c>, <c>bpf_check_classic</c> and <c>check_load_and_stores</c> in
/// net/core/filter.c. What passes here, SO_ATTACH_FILTER takes.
/// </summary>
public static class ClassicValidator
{
    /// <summary>Everything that the kernel would refuse; empty for a valid program.</summary>
    public static ImmutableArray<Diagnostic> Validate(ClassicProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Validate(program, forKernel: true);
    }

    /// <summary>
    /// As <see cref="Validate(ClassicProgram)"/>; what does not run in the kernel may be longer, jump back by <c>ja</c>, load scratch cells that
    /// were not stored, and load from where nothing is.
    /// </summary>
    internal static ImmutableArray<Diagnostic> Validate(ClassicProgram program, bool forKernel)
    {
        var diagnostics = new DiagnosticBag();
        ImmutableArray<ClassicInstruction> instructions = program.Instructions;
        int longest = forKernel ? ClassicProgram.MaxLength : ClassicProgram.MaxLengthHere;
        if (instructions.Length == 0 || instructions.Length > longest)
        {
            diagnostics.Error(ClassicDiagnosticId.ProgramLength, SourceSpan.None,
                $"a program has 1 to {longest} instructions, this one has {instructions.Length}");
            return diagnostics.ToSorted();
        }
        for (int i = 0; i < instructions.Length; i++)
            CheckInstruction(instructions, i, forKernel, diagnostics);
        if (instructions[^1].Code is not (ClassicOpcode.Return or ClassicOpcode.ReturnAccumulator))
            Error(diagnostics, ClassicDiagnosticId.NoReturn, instructions, instructions.Length - 1, "the last instruction must be a return");
        if (forKernel && !diagnostics.HasErrors)
            CheckCells(instructions, diagnostics);
        return diagnostics.ToSorted();
    }

    /// <summary>Whether the kernel takes the program.</summary>
    public static bool IsValid(ClassicProgram program) => Validate(program).IsEmpty;

    private static void CheckInstruction(
        ImmutableArray<ClassicInstruction> instructions, int index, bool forKernel, DiagnosticBag diagnostics)
    {
        ClassicInstruction instruction = instructions[index];
        if (!ClassicForm.TryGet(instruction.Code, out ClassicForm? form))
        {
            Error(diagnostics, ClassicDiagnosticId.UnknownOpcode, instructions, index,
                $"the kernel has no instruction with the opcode 0x{instruction.Code:x}");
            return;
        }
        switch (instruction.Code)
        {
            case ClassicOpcode.Div or ClassicOpcode.Mod when instruction.K == 0:
                Error(diagnostics, ClassicDiagnosticId.BadConstant, instructions, index, "a division by the constant zero");
                break;
            case ClassicOpcode.ShiftLeft or ClassicOpcode.ShiftRight when instruction.K >= 32:
                Error(diagnostics, ClassicDiagnosticId.BadConstant, instructions, index,
                    "the accumulator has 32 bits and is shifted by at most 31");
                break;
            case ClassicOpcode.Jump when !forKernel && (int)instruction.K < 0 && index + 1 + (int)instruction.K >= 0:
                break;
            case ClassicOpcode.Jump:
                CheckJump(diagnostics, instructions, index, instruction.K);
                break;
            default:
                CheckOperand(diagnostics, instructions, index, form.Operand, forKernel);
                break;
        }
        if (instruction.IsConditionalJump)
        {
            CheckJump(diagnostics, instructions, index, instruction.Jt);
            CheckJump(diagnostics, instructions, index, instruction.Jf);
        }
    }

    private static void CheckOperand(
        DiagnosticBag diagnostics, ImmutableArray<ClassicInstruction> instructions, int index, ClassicOperand operand, bool forKernel)
    {
        uint k = instructions[index].K;
        if (operand == ClassicOperand.Cell && k >= ClassicProgram.CellCount)
        {
            Error(diagnostics, ClassicDiagnosticId.BadCell, instructions, index,
                $"there is no scratch cell {k}: the last one is M[{ClassicProgram.CellCount - 1}]");
        }
        if (forKernel && operand == ClassicOperand.Absolute && k >= unchecked((uint)ClassicOffset.Ancillary) && !ClassicOffset.TryGetField(k, out _))
        {
            Error(diagnostics, ClassicDiagnosticId.UnknownAncillary, instructions, index,
                $"the offset {(int)k} is among the ancillary ones, but names nothing that Linux knows of a packet");
        }
    }

    private static void CheckJump(DiagnosticBag diagnostics, ImmutableArray<ClassicInstruction> instructions, int index, uint distance)
    {
        if (distance >= (uint)(instructions.Length - index - 1))
        {
            Error(diagnostics, ClassicDiagnosticId.BadJump, instructions, index,
                $"the jump goes to instruction {index + 1L + distance}, the last one is {instructions.Length - 1}");
        }
    }

    // A cell counts as stored where every jump to the place and the way from the line before have stored it. Behind a return the kernel
    // goes on with what it had, so this does too.
    private static void CheckCells(ImmutableArray<ClassicInstruction> instructions, DiagnosticBag diagnostics)
    {
        const ushort all = ushort.MaxValue;
        var arriving = new ushort[instructions.Length];
        Array.Fill(arriving, all);
        ushort stored = 0;
        for (int i = 0; i < instructions.Length; i++)
        {
            ClassicInstruction instruction = instructions[i];
            stored &= arriving[i];
            ushort cell = (ushort)(1 << (int)(instruction.K & 15));
            switch (instruction.Code)
            {
                case ClassicOpcode.Store or ClassicOpcode.StoreIndex:
                    stored |= cell;
                    break;
                case ClassicOpcode.LoadCell or ClassicOpcode.LoadIndexCell when (stored & cell) == 0:
                    Error(diagnostics, ClassicDiagnosticId.UnsetCell, instructions, i,
                        $"M[{instruction.K}] is loaded, but not stored before on every way to this instruction");
                    break;
                case ClassicOpcode.Jump:
                    arriving[i + 1 + (int)instruction.K] &= stored;
                    stored = all;
                    break;
                case var _ when instruction.IsConditionalJump:
                    arriving[i + 1 + instruction.Jt] &= stored;
                    arriving[i + 1 + instruction.Jf] &= stored;
                    stored = all;
                    break;
            }
        }
    }

    private static void Error(
        DiagnosticBag diagnostics, string id, ImmutableArray<ClassicInstruction> instructions, int index, string message) =>
        diagnostics.Error(id, SourceSpan.None, $"instruction {index}, '{instructions[index]}': {message}");
}
