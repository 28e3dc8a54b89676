namespace Imker.Bytecode;

/// <summary>The conformance groups of RFC 9669, section 2.4: what an implementation of the instruction set may leave out.</summary>
public enum ConformanceGroup : byte
{
    Base32,
    Base64,
    DivMul32,
    DivMul64,
    Atomic32,
    Atomic64,

    /// <summary>The legacy packet loads.</summary>
    Packet,

    /// <summary>Known to Linux or LLVM, not to the standard.</summary>
    Extension,
}
