using System.Runtime.CompilerServices;
using Imker.Bytecode;

namespace Imker.Machine.Jit.Arm64;

/// <summary>
/// Writes a program as A64 code, eBPF's registers mapped one to one.
/// </summary>
/// <remarks>
/// R1 to R5 stand where the C convention has arguments, R0 in <c>x7</c>, since the first argument and the result share a register;
/// R6 to R10, the <see cref="ExecutionState"/> and the budget stand in registers that calls keep, <c>x19</c> to <c>x25</c>;
/// <c>x9</c> to <c>x12</c> hold what an instruction needs in between.
/// </remarks>
internal sealed partial class Arm64Generator : CodeGenerator
{
    private const Arm64Register State = Arm64Register.X24, Budget = Arm64Register.X25;
    private const Arm64Register Scratch = Arm64Register.X9, Scratch2 = Arm64Register.X10;
    private const Arm64Register Scratch3 = Arm64Register.X11, Scratch4 = Arm64Register.X12;

    /// <summary>Where all jumps of a program may be farther than a conditional branch reaches, in instructions.</summary>
    private const int LongProgram = 4096;

    private readonly Arm64Assembler code;
    private readonly Arm64Features features;
    private readonly bool isLong;

    /// <param name="source">What is compiled.</param>
    /// <param name="features">Of the processor that it is for.</param>
    /// <param name="code">Gets the code, from its first byte on.</param>
    public Arm64Generator(JitSource source, Arm64Features features, Arm64Assembler code)
        : base(source, code)
    {
        this.code = code;
        this.features = features;
        isLong = Shape.Instructions.Length > LongProgram;
    }

    protected override void Bind(int reference, int position) => code.Bind(reference, position);

    protected override void EmitGoto(int position) => code.Branch(position);

    protected override void ClearResult() => code.Move(Of(Register.R0), 0);

    protected override bool TryFuse(int index) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Arm64Register Of(Register register)
    {
        ReadOnlySpan<byte> map =
        [
            (byte)Arm64Register.X7, (byte)Arm64Register.X0, (byte)Arm64Register.X1, (byte)Arm64Register.X2, (byte)Arm64Register.X3,
            (byte)Arm64Register.X4, (byte)Arm64Register.X19, (byte)Arm64Register.X20, (byte)Arm64Register.X21, (byte)Arm64Register.X22,
            (byte)Arm64Register.X23,
        ];
        return (Arm64Register)map[(int)register];
    }
}
