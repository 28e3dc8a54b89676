namespace Imker.Machine.Jit.Arm64;

internal sealed partial class Arm64Assembler
{
    private const uint ScaledOffset = 0x39000000, UnscaledOffset = 0x38000000, RegisterOffset = 0x38206800;
    private const uint StoreCode = 0, LoadCode = 1 << 22, LoadSignedCode = 2 << 22;

    /// <summary>Whether a displacement fits the load's or store's own field.</summary>
    public static bool FitsDisplacement(Arm64Width width, int displacement) =>
        displacement is >= -256 and < 256 || IsScaled(width, displacement);

    /// <summary>Zero-extended to 64 bits.</summary>
    /// <param name="width">Bytes to load.</param>
    /// <param name="dst">Receives the value.</param>
    /// <param name="base">A register, or the stack pointer.</param>
    /// <param name="displacement">In bytes; fits (<see cref="FitsDisplacement"/>).</param>
    public void Load(Arm64Width width, Arm64Register dst, Arm64Register @base, int displacement) =>
        Access(width, LoadCode, dst, @base, displacement);

    public void Load(Arm64Width width, Arm64Register dst, Arm64Register @base, Arm64Register index) =>
        EmitWord(Size(width) | RegisterOffset | LoadCode | Rm(index) | Rn(@base) | Rd(dst));

    /// <summary>Sign-extended to 64 bits; not for eight bytes.</summary>
    public void LoadSigned(Arm64Width width, Arm64Register dst, Arm64Register @base, int displacement) =>
        Access(width, LoadSignedCode, dst, @base, displacement);

    public void LoadSigned(Arm64Width width, Arm64Register dst, Arm64Register @base, Arm64Register index) =>
        EmitWord(Size(width) | RegisterOffset | LoadSignedCode | Rm(index) | Rn(@base) | Rd(dst));

    public void Store(Arm64Width width, Arm64Register src, Arm64Register @base, int displacement) =>
        Access(width, StoreCode, src, @base, displacement);

    public void Store(Arm64Width width, Arm64Register src, Arm64Register @base, Arm64Register index) =>
        EmitWord(Size(width) | RegisterOffset | StoreCode | Rm(index) | Rn(@base) | Rd(src));

    /// <summary><c>stp first, second, [sp, -16]!</c></summary>
    public void PushPair(Arm64Register first, Arm64Register second) =>
        EmitWord(0xa9bf0000 | Ra(second) | Rn(Arm64Register.StackPointer) | Rd(first));

    /// <summary><c>ldp first, second, [sp], 16</c></summary>
    public void PopPair(Arm64Register first, Arm64Register second) =>
        EmitWord(0xa8c10000 | Ra(second) | Rn(Arm64Register.StackPointer) | Rd(first));

    /// <summary><c>stp first, second, [base, displacement]</c>: a multiple of eight from -512 to 504.</summary>
    public void StorePair(Arm64Register first, Arm64Register second, Arm64Register @base, int displacement) =>
        EmitWord(0xa9000000 | (uint)(displacement / sizeof(long) & 0x7f) << 15 | Ra(second) | Rn(@base) | Rd(first));

    /// <summary>The value at <paramref name="address"/> with acquire order, zero-extended.</summary>
    public void LoadAcquire(Arm64Width width, Arm64Register dst, Arm64Register address) =>
        EmitWord(Size(width) | 0x08dffc00 | Rn(address) | Rd(dst));

    public void StoreRelease(Arm64Width width, Arm64Register src, Arm64Register address) =>
        EmitWord(Size(width) | 0x089ffc00 | Rn(address) | Rd(src));

    /// <summary>Load with acquire order that begins an exclusive sequence.</summary>
    public void LoadExclusive(Arm64Width width, Arm64Register dst, Arm64Register address) =>
        EmitWord(Size(width) | 0x085ffc00 | Rn(address) | Rd(dst));

    /// <summary>Store with release order that ends an exclusive sequence; <paramref name="status"/> is zero when it was done.</summary>
    public void StoreExclusive(Arm64Width width, Arm64Register status, Arm64Register src, Arm64Register address) =>
        EmitWord(Size(width) | 0x0800fc00 | Rm(status) | Rn(address) | Rd(src));

    /// <summary>One of FEAT_LSE's operations; <paramref name="old"/> gets what was there before.</summary>
    public void Atomic(Arm64Atomic operation, Arm64Width width, Arm64Register operand, Arm64Register old, Arm64Register address) =>
        EmitWord(Size(width) | (uint)operation | Rm(operand) | Rn(address) | Rd(old));

    /// <summary><c>casal</c> (FEAT_LSE): <paramref name="expected"/> gets what was there before.</summary>
    public void CompareAndSwap(Arm64Width width, Arm64Register expected, Arm64Register value, Arm64Register address) =>
        EmitWord(Size(width) | 0x08e0fc00 | Rm(expected) | Rn(address) | Rd(value));

    private void Access(Arm64Width width, uint operation, Arm64Register register, Arm64Register @base, int displacement)
    {
        if (IsScaled(width, displacement))
            EmitWord(Size(width) | ScaledOffset | operation | (uint)(displacement >> (int)width) << 10 | Rn(@base) | Rd(register));
        else if (displacement is >= -256 and < 256)
            EmitWord(Size(width) | UnscaledOffset | operation | ((uint)displacement & 0x1ff) << 12 | Rn(@base) | Rd(register));
        else
            throw new ArgumentOutOfRangeException(nameof(displacement), displacement, "The displacement does not fit the instruction.");
    }

    private static bool IsScaled(Arm64Width width, int displacement) =>
        displacement >= 0 && displacement >> (int)width < 1 << 12 && (displacement & (1 << (int)width) - 1) == 0;

    private static uint Size(Arm64Width width) => (uint)width << 30;
}
