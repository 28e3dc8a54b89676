using System.Runtime.CompilerServices;
using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

/// <summary>
/// Writes a program as x86-64 code: one walk, eBPF's registers mapped one to one, jumps patched afterwards. What seldom runs stands
/// behind the functions: careful copies of stretches whose shared check failed, the slow paths of checks, the exits of faults.
/// </summary>
/// <remarks>
/// R0 to R5 stand where the C convention of System V has results and arguments, so that calls of helpers shuffle nothing; R6 to R9 and
/// R10 stand in registers that calls keep. <c>r12</c> holds the <see cref="ExecutionState"/>, <c>r9</c> the budget, <c>r10</c> and
/// <c>r11</c> what an instruction needs in between.
/// </remarks>
internal sealed partial class X64Generator
{
    private const X64Register State = X64Register.R12, Budget = X64Register.R9;
    private const X64Register Scratch = X64Register.R10, Scratch2 = X64Register.R11;

    /// <summary>More bytes than one instruction's code ever takes, but for calls through a register.</summary>
    private const int LongestInstruction = 384;

    private readonly X64Assembler code;
    private readonly nint owner;
    private readonly X64Features features;
    private readonly JitOptions options;
    private readonly ProgramShape shape;
    private readonly AccessPlan? plan;
    private readonly int[] positions;
    private readonly int[] functionPositions;
    private readonly List<(int Reference, int Target)> jumps = [];
    private int function;
    private bool isCareful;
    private int zeroFlagAfter = -1;

    private X64Generator(ExecutableProgram program, JitOptions options, X64Features features, X64Assembler code, nint owner)
    {
        this.owner = owner;
        this.code = code;
        this.options = options;
        this.features = features;
        shape = new ProgramShape(program);
        plan = options.IsChecked ? new AccessPlan(shape) : null;
        positions = new int[shape.Instructions.Length];
        functionPositions = new int[shape.Functions.Length];
    }

    private ReadOnlySpan<Instruction> Instructions => shape.Instructions;

    /// <summary>The function that is being written.</summary>
    private ref readonly FunctionShape Function => ref shape.Functions[function];

    /// <summary>Whether the function being written is the main program and nobody calls it, so that it needs no frame of its own.</summary>
    private bool IsInline => function == 0 && !shape.Functions[0].IsCalled;

    private bool HasBudget => shape.HasBackEdges || options.IsChecked && (shape.CallsFunctions || shape.CallsRegisters);

    /// <summary>Whether a run can be left from anywhere, so that the stack pointer has to be known.</summary>
    private bool Unwinds => options.IsChecked || HasBudget || shape.CallsHelpers || shape.CallsRegisters || shape.Functions[0].CountsIterations;

    /// <summary>Appends the program's code to a buffer and says where it is entered.</summary>
    /// <param name="program">Of valid form.</param>
    /// <param name="options">What the code guards against.</param>
    /// <param name="features">Of the processor and system that it is for.</param>
    /// <param name="code">Gets the code, from its first byte on.</param>
    /// <param name="owner">A handle of the <see cref="CompiledProgram"/> that the code becomes.</param>
    public static GeneratedCode Generate(
        ExecutableProgram program, JitOptions options, X64Features features, X64Assembler code, nint owner) =>
        new X64Generator(program, options, features, code, owner).Generate();

    private GeneratedCode Generate()
    {
        EmitEntry(isCallback: false);
        for (function = 0; function < shape.Functions.Length; function++)
        {
            functionPositions[function] = code.Position;
            if (!IsInline)
                EmitPrologue();
            EmitRange(Function.Start, Function.End);
        }
        EmitCarefulCopies();
        int callback = shape.HasCallbacks ? code.Position : -1;
        if (shape.HasCallbacks)
            EmitEntry(isCallback: true);
        EmitPacketExits();
        EmitSlowChecks();
        EmitFaults();
        EmitRoutines();
        foreach ((int reference, int target) in jumps)
            code.Bind(reference, positions[target]);
        foreach ((int reference, int callee) in calls)
            code.Bind(reference, functionPositions[callee]);
        return new GeneratedCode(callback, shape, functionPositions);
    }

    private void EmitRange(int start, int end)
    {
        for (int i = start; i < end;)
        {
            code.Reserve(LongestInstruction);
            if (!isCareful)
                positions[i] = code.Position;
            i += EmitFused(i, end);
        }
    }

    /// <summary>Writes one instruction, or several whose effects together are simpler, and says how many.</summary>
    private int EmitFused(int index, int end)
    {
        if (index + 1 < end && !shape.IsLeader(index + 1) && Instructions[index].Class == InstructionClass.Alu64 && TryFuse(index))
        {
            positions[index + 1] = code.Position;
            return 2;
        }
        Emit(index);
        return 1;
    }

    private void Emit(int index)
    {
        ref readonly Instruction instruction = ref Instructions[index];
        switch (instruction.Class)
        {
            case InstructionClass.Alu or InstructionClass.Alu64:
                EmitArithmetic(index, instruction);
                break;
            case InstructionClass.Jmp or InstructionClass.Jmp32:
                EmitControl(index, instruction);
                break;
            case InstructionClass.Ld when instruction.IsWideLoad:
                EmitConstant(Of(instruction.Dst), instruction.Constant);
                break;
            case InstructionClass.Ld:
                EmitPacketLoad(index, instruction);
                break;
            default:
                EmitMemory(index, instruction);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static X64Register Of(Register register)
    {
        ReadOnlySpan<byte> map =
        [
            (byte)X64Register.Rax, (byte)X64Register.Rdi, (byte)X64Register.Rsi, (byte)X64Register.Rdx, (byte)X64Register.Rcx,
            (byte)X64Register.R8, (byte)X64Register.Rbx, (byte)X64Register.R13, (byte)X64Register.R14, (byte)X64Register.R15,
            (byte)X64Register.Rbp,
        ];
        return (X64Register)map[(int)register];
    }

    private static X64Address OfState(int offset) => new(State, offset);
}
