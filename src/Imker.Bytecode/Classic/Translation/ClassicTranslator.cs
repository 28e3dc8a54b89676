using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Diagnostics;

namespace Imker.Bytecode.Classic;

/// <summary>
/// Turns a classic program into eBPF that gives the same verdict for every packet, as <c>bpf_convert_filter</c> in the kernel does: A is R0,
/// X is R7, the context R6, scratch cells are on the stack. Direct access keeps the packet's bounds in R8 and R9.
/// </summary>
public sealed partial class ClassicTranslator
{
    private const Register A = Register.R0, Context = Register.R6, Data = Register.R8, DataEnd = Register.R9;
    private const Register Packet = Register.R1, PacketLength = Register.R2, OriginalLength = Register.R3, Address = Register.R5;

    private readonly ImmutableArray<ClassicInstruction> instructions;
    private readonly ClassicTranslationOptions options;
    private readonly DiagnosticBag diagnostics = new();
    private readonly CodeBuilder builder = new();
    private readonly Label reject = new("reject");
    private readonly Label?[] labels;
    private readonly bool[] reached;
    private bool rejects;

    private ClassicTranslator(ClassicProgram program, ClassicTranslationOptions options)
    {
        instructions = program.Instructions;
        this.options = options;
        labels = new Label?[program.Length];
        reached = new bool[program.Length];
    }

    /// <summary>Translates a program.</summary>
    /// <param name="program">One that the kernel takes.</param>
    /// <param name="options">Where it is to run.</param>
    /// <param name="code">The eBPF; null when something has no counterpart there, or the program is not valid.</param>
    /// <param name="diagnostics">What has none.</param>
    public static bool TryTranslate(
        ClassicProgram program, ClassicTranslationOptions options, [NotNullWhen(true)] out Code? code,
        out ImmutableArray<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        code = null;
        diagnostics = ClassicValidator.Validate(program);
        if (!diagnostics.IsEmpty)
            return false;
        var translator = new ClassicTranslator(program, options);
        translator.Translate();
        diagnostics = translator.diagnostics.ToSorted();
        code = diagnostics.IsEmpty ? translator.builder.ToCode() : null;
        return code is not null;
    }

    /// <summary>As <see cref="TryTranslate"/>.</summary>
    /// <exception cref="DiagnosticException">Something has no counterpart there, or the program is not valid.</exception>
    public static Code Translate(ClassicProgram program, ClassicTranslationOptions options) =>
        TryTranslate(program, options, out Code? code, out ImmutableArray<Diagnostic> diagnostics)
            ? code : throw new DiagnosticException(diagnostics);

    /// <summary>The index register; with arguments alone, one that calls need not keep.</summary>
    private Register X => IsInMemory ? Register.R4 : Register.R7;

    private bool IsInMemory => options.Target == ClassicTarget.Memory;

    private bool IsDirect => options.Target != ClassicTarget.SocketBuffer;

    private void Translate()
    {
        FindReached();
        EmitPrologue();
        for (int i = 0; i < instructions.Length; i++)
        {
            // eBPF's verifier refuses code that nothing reaches.
            if (!reached[i])
                continue;
            if (labels[i] is { } label)
                builder.Bind(label);
            Translate(i);
        }
        if (rejects)
        {
            builder.Bind(reject);
            builder.Emit(Instruction.Mov32(A, options.Rejected), Instruction.Exit);
        }
    }

    // All jumps go forward, so one walk sees every way.
    private void FindReached()
    {
        reached[0] = true;
        for (int i = 0; i < instructions.Length; i++)
        {
            ClassicInstruction instruction = instructions[i];
            if (!reached[i] || instruction.IsReturn)
                continue;
            if (instruction.Class != ClassicClass.Jump)
                reached[i + 1] = true;
            else if (instruction.Code == ClassicOpcode.Jump)
                Reach(i + 1 + (int)instruction.K);
            else
            {
                Reach(i + 1 + instruction.Jt);
                Reach(i + 1 + instruction.Jf);
            }
        }
    }

    private void Reach(int target)
    {
        reached[target] = true;
        labels[target] ??= new Label($"l{target}");
    }

    private void EmitPrologue()
    {
        if (!IsInMemory)
            builder.Emit(Instruction.Mov(Context, Register.R1));
        builder.Emit(Instruction.Mov32(A, 0), Instruction.Mov32(X, 0));
        if (!IsDirect || IsInMemory)
            return;
        bool xdp = options.Target == ClassicTarget.Xdp;
        builder.Emit(
            Instruction.Load(MemorySize.Word, Data, Context, xdp ? ContextLayout.XdpData : ContextLayout.BufferData),
            Instruction.Load(MemorySize.Word, DataEnd, Context, xdp ? ContextLayout.XdpDataEnd : ContextLayout.BufferDataEnd));
    }

    private void Translate(int index)
    {
        ClassicInstruction instruction = instructions[index];
        switch (instruction.Class)
        {
            case ClassicClass.Load or ClassicClass.LoadIndex: TranslateLoad(index); break;
            case ClassicClass.Store: builder.Emit(Instruction.Store(MemorySize.Word, Register.R10, CellOffset(instruction.K), A)); break;
            case ClassicClass.StoreIndex: builder.Emit(Instruction.Store(MemorySize.Word, Register.R10, CellOffset(instruction.K), X)); break;
            case ClassicClass.Arithmetic: TranslateArithmetic(instruction); break;
            case ClassicClass.Jump: TranslateJump(index); break;
            case ClassicClass.Return: TranslateReturn(instruction); break;
            case ClassicClass.Transfer:
                builder.Emit(instruction.Code == ClassicOpcode.IndexFromAccumulator ? Instruction.Mov32(X, A) : Instruction.Mov32(A, X));
                break;
        }
    }

    private static short CellOffset(uint cell) => (short)(-sizeof(uint) * (ClassicProgram.CellCount - (int)cell));

    private void TranslateArithmetic(ClassicInstruction instruction)
    {
        if (instruction.Code == ClassicOpcode.Negate)
        {
            builder.Emit(Instruction.Neg32(A));
            return;
        }
        var operation = (AluOperation)(instruction.Code & ClassicOpcode.OperationMask);
        if (instruction.Code is ClassicOpcode.DivX or ClassicOpcode.ModX)
            EmitRejectIf(JumpCondition.Equal, X, 0);
        builder.Emit((instruction.Code & ClassicOpcode.IndexSource) != 0
            ? Instruction.Alu32(operation, A, X) : Instruction.Alu32(operation, A, (int)instruction.K));
    }

    private void TranslateReturn(ClassicInstruction instruction)
    {
        if (instruction.Code == ClassicOpcode.Return)
        {
            int value = instruction.K == 0 ? options.Rejected : options.Accepted ?? (int)instruction.K;
            builder.Emit(Instruction.Mov32(A, value), Instruction.Exit);
            return;
        }
        if (options.Accepted is not null || options.Rejected != 0)
        {
            EmitRejectIf(JumpCondition.Equal, A, 0);
            if (options.Accepted is { } accepted)
                builder.Emit(Instruction.Mov32(A, accepted));
        }
        builder.Emit(Instruction.Exit);
    }

    private void TranslateJump(int index)
    {
        ClassicInstruction instruction = instructions[index];
        int next = index + 1;
        if (instruction.Code == ClassicOpcode.Jump)
        {
            EmitGoto(next, next + (int)instruction.K);
            return;
        }
        int whenTrue = next + instruction.Jt, whenFalse = next + instruction.Jf;
        if (whenTrue == whenFalse)
        {
            EmitGoto(next, whenTrue);
            return;
        }
        Instruction jump = ConditionalJump(instruction, labels[whenTrue]!);
        if (whenTrue == next && jump.TryInvert(out Instruction inverted))
        {
            builder.Emit(inverted.WithReference(labels[whenFalse]));
            return;
        }
        builder.Emit(jump);
        EmitGoto(next, whenFalse);
    }

    private Instruction ConditionalJump(ClassicInstruction instruction, Label target)
    {
        var condition = (JumpCondition)(instruction.Code & ClassicOpcode.OperationMask);
        return (instruction.Code & ClassicOpcode.IndexSource) != 0
            ? Instruction.JumpIf32(condition, A, X, target) : Instruction.JumpIf32(condition, A, (int)instruction.K, target);
    }

    private void EmitGoto(int next, int target)
    {
        if (target != next)
            builder.Emit(Instruction.Jump(labels[target]!));
    }

    private void EmitRejectIf(JumpCondition condition, Register register, int constant)
    {
        rejects = true;
        builder.Emit(Instruction.JumpIf32(condition, register, constant, reject));
    }
}
