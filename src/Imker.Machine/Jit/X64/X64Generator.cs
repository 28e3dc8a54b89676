using System.Runtime.CompilerServices;
using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

/// <summary>
/// Writes a program as x86-64 code, eBPF's registers mapped one to one.
/// </summary>
/// <remarks>
/// R0 to R5 stand where the C convention of System V has results and arguments, so that calls of helpers shuffle nothing; R6 to R9 and
/// R10 stand in registers that calls keep. <c>r12</c> holds the <see cref="ExecutionState"/>, <c>r9</c> the budget, <c>r10</c> and
/// <c>r11</c> what an instruction needs in between.
/// </remarks>
internal sealed partial class X64Generator : CodeGenerator
{
    private const X64Register State = X64Register.R12, Budget = X64Register.R9;
    private const X64Register Scratch = X64Register.R10, Scratch2 = X64Register.R11;

    private readonly X64Assembler code;
    private readonly X64Features features;
    private int zeroFlagAfter = -1;

    /// <param name="source">What is compiled.</param>
    /// <param name="features">Of the processor that it is for.</param>
    /// <param name="code">Gets the code, from its first byte on.</param>
    public X64Generator(JitSource source, X64Features features, X64Assembler code)
        : base(source, code)
    {
        this.code = code;
        this.features = features;
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

    protected override void Bind(int reference, int position) => code.Bind(reference, position);

    protected override void EmitGoto(int position) => code.Jump(position);

    protected override void ClearResult() => code.Clear(Of(Register.R0));
}
