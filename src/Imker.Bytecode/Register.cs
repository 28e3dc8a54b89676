namespace Imker.Bytecode;

/// <summary>
/// The registers of RFC 9669, section 2: R0 takes results, R1 to R5 carry arguments and are clobbered by calls, R6 to R9 survive calls,
/// R10 is the read-only frame pointer.
/// </summary>
public enum Register : byte
{
    R0,
    R1,
    R2,
    R3,
    R4,
    R5,
    R6,
    R7,
    R8,
    R9,
    R10,
}
