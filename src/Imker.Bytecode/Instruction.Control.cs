namespace Imker.Bytecode;

public readonly partial struct Instruction
{
    private const byte JumpOpcode = 0x05;
    private const byte LongJumpOpcode = 0x06;
    private const byte MayGotoOpcode = 0xe5;
    private const byte CallOpcode = 0x85;
    private const byte CallRegisterOpcode = 0x8d;
    private const byte ExitOpcode = 0x95;

    public static Instruction Exit { get; } = new(ExitOpcode, 0, 0, 0, 0, null);

    /// <summary><c>goto distance</c></summary>
    public static Instruction Jump(short distance) => new(JumpOpcode, 0, 0, distance, 0, null);

    /// <summary><c>goto target</c></summary>
    public static Instruction Jump(Label target) => new(JumpOpcode, 0, 0, 0, 0, NotNull(target));

    /// <summary><c>gotol distance</c> (ISA v4, kernel 6.6)</summary>
    public static Instruction JumpLong(int distance) => new(LongJumpOpcode, 0, 0, 0, distance, null);

    /// <summary><c>gotol target</c> (ISA v4, kernel 6.6)</summary>
    public static Instruction JumpLong(Label target) => new(LongJumpOpcode, 0, 0, 0, 0, NotNull(target));

    /// <summary><c>may_goto distance</c>: jumps when the program's budget of iterations is used up (kernel 6.9).</summary>
    public static Instruction MayGoto(short distance) => new(MayGotoOpcode, 0, 0, distance, 0, null);

    /// <summary><c>may_goto target</c>, as <see cref="MayGoto(short)"/>.</summary>
    public static Instruction MayGoto(Label target) => new(MayGotoOpcode, 0, 0, 0, 0, NotNull(target));

    /// <summary><c>if dst condition src goto target</c>, on 64 bits.</summary>
    public static Instruction JumpIf(JumpCondition condition, Register dst, Register src, Label target) =>
        Branch(InstructionClass.Jmp, condition, dst, src, 0, NotNull(target));

    /// <summary><c>if dst condition constant goto target</c>, on 64 bits, the constant sign-extended.</summary>
    public static Instruction JumpIf(JumpCondition condition, Register dst, int constant, Label target) =>
        Branch(InstructionClass.Jmp, condition, dst, constant, 0, NotNull(target));

    public static Instruction JumpIf(JumpCondition condition, Register dst, Register src, short distance) =>
        Branch(InstructionClass.Jmp, condition, dst, src, distance, null);

    public static Instruction JumpIf(JumpCondition condition, Register dst, int constant, short distance) =>
        Branch(InstructionClass.Jmp, condition, dst, constant, distance, null);

    /// <summary><c>if w_dst condition w_src goto target</c>, on the low 32 bits.</summary>
    public static Instruction JumpIf32(JumpCondition condition, Register dst, Register src, Label target) =>
        Branch(InstructionClass.Jmp32, condition, dst, src, 0, NotNull(target));

    /// <summary><c>if w_dst condition constant goto target</c>, on the low 32 bits.</summary>
    public static Instruction JumpIf32(JumpCondition condition, Register dst, int constant, Label target) =>
        Branch(InstructionClass.Jmp32, condition, dst, constant, 0, NotNull(target));

    public static Instruction JumpIf32(JumpCondition condition, Register dst, Register src, short distance) =>
        Branch(InstructionClass.Jmp32, condition, dst, src, distance, null);

    public static Instruction JumpIf32(JumpCondition condition, Register dst, int constant, short distance) =>
        Branch(InstructionClass.Jmp32, condition, dst, constant, distance, null);

    public static Instruction CallHelper(HelperId id) => CallHelper((int)id);

    /// <summary>Calls a helper by its number in <c>enum bpf_func_id</c>.</summary>
    public static Instruction CallHelper(int id) => new(CallOpcode, 0, (byte)CallKind.Helper, 0, id, null);

    /// <summary>Calls a function of the same program.</summary>
    public static Instruction CallFunction(FunctionReference function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new Instruction(CallOpcode, 0, (byte)CallKind.Function, 0, -1, function);
    }

    /// <summary>Calls a function of the same program by the distance in slots from the slot after the call.</summary>
    public static Instruction CallFunction(int distance) => new(CallOpcode, 0, (byte)CallKind.Function, 0, distance, null);

    /// <summary>Calls a kernel function.</summary>
    public static Instruction CallKfunc(KfuncReference function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new Instruction(CallOpcode, 0, (byte)CallKind.Kfunc, 0, 0, function);
    }

    /// <summary>Calls a kernel function by its BTF id.</summary>
    /// <param name="btfId">The function's id in the kernel's or a module's BTF.</param>
    /// <param name="fdArrayIndex">Where the module's BTF stands in the load's <c>fd_array</c>; 0 for the kernel itself.</param>
    public static Instruction CallKfunc(int btfId, short fdArrayIndex = 0) =>
        new(CallOpcode, 0, (byte)CallKind.Kfunc, fdArrayIndex, btfId, null);

    /// <summary><c>callx dst</c>: calls the function whose address a register holds. Kernels refuse it.</summary>
    public static Instruction CallRegister(Register dst) => new(CallRegisterOpcode, (byte)dst, 0, 0, 0, null);

    /// <summary>
    /// The conditional jump that is taken exactly when this one is not; false for <see cref="JumpCondition.BitsSet"/>, which has none.
    /// </summary>
    /// <exception cref="InvalidOperationException">This is no conditional jump.</exception>
    public bool TryInvert(out Instruction inverted)
    {
        if (!IsConditionalJump)
            throw new InvalidOperationException("Only a conditional jump can be inverted.");
        inverted = new Instruction(
            (byte)(Opcode & 0x0f | (byte)Inverse(Condition)), (byte)Dst, SrcField, Offset, Constant, Reference);
        return Condition != JumpCondition.BitsSet;
    }

    private static JumpCondition Inverse(JumpCondition condition) => condition switch
    {
        JumpCondition.Equal => JumpCondition.NotEqual,
        JumpCondition.NotEqual => JumpCondition.Equal,
        JumpCondition.Greater => JumpCondition.LessOrEqual,
        JumpCondition.GreaterOrEqual => JumpCondition.Less,
        JumpCondition.Less => JumpCondition.GreaterOrEqual,
        JumpCondition.LessOrEqual => JumpCondition.Greater,
        JumpCondition.SignedGreater => JumpCondition.SignedLessOrEqual,
        JumpCondition.SignedGreaterOrEqual => JumpCondition.SignedLess,
        JumpCondition.SignedLess => JumpCondition.SignedGreaterOrEqual,
        JumpCondition.SignedLessOrEqual => JumpCondition.SignedGreater,
        _ => condition,
    };

    private static Instruction Branch(
        InstructionClass width, JumpCondition condition, Register dst, Register src, short distance, Label? target) =>
        new((byte)((byte)width | (byte)condition | RegisterSource), (byte)dst, (byte)src, distance, 0, target);

    private static Instruction Branch(
        InstructionClass width, JumpCondition condition, Register dst, int constant, short distance, Label? target) =>
        new((byte)((byte)width | (byte)condition), (byte)dst, 0, distance, constant, target);

    private static Label NotNull(Label target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target;
    }
}
