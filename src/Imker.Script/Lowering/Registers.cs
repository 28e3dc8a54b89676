using Imker.Objects;

namespace Imker.Script.Lowering;

/// <summary>Where a processor's saved registers (<c>struct pt_regs</c>, <c>user_pt_regs</c>) hold what calls pass, in bytes.</summary>
internal sealed record Registers(int[] Arguments, int ReturnValue, int InstructionPointer, int StackPointer)
{
    // arch/x86/include/asm/ptrace.h; arguments as the System V ABI passes them: di, si, dx, cx, r8, r9.
    private static readonly Registers x64 = new([112, 104, 96, 88, 72, 64], 80, 128, 152);

    // arch/arm64/include/uapi/asm/ptrace.h; x0 to x7.
    private static readonly Registers arm64 = new([0, 8, 16, 24, 32, 40, 48, 56], 0, 256, 248);

    public static Registers Of(TargetArchitecture architecture) => architecture == TargetArchitecture.X64 ? x64 : arm64;
}
