namespace Imker.Machine.Jit.X64;

/// <summary>A general register by its number in ModRM and REX.</summary>
internal enum X64Register : byte
{
    Rax,
    Rcx,
    Rdx,
    Rbx,
    Rsp,
    Rbp,
    Rsi,
    Rdi,
    R8,
    R9,
    R10,
    R11,
    R12,
    R13,
    R14,
    R15,
}
