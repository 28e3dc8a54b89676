namespace Imker.Machine.Jit.Arm64;

/// <summary>Atomic memory operations with acquire and release order (FEAT_LSE), by their opcode at byte width.</summary>
internal enum Arm64Atomic : uint
{
    Add = 0x38e00000,

    /// <summary>And with the complement.</summary>
    Clear = 0x38e01000,
    Xor = 0x38e02000,
    Set = 0x38e03000,
    Swap = 0x38e08000,
}
