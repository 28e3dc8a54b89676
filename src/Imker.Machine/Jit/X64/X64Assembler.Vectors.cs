namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Assembler
{
    /// <summary>The bytes of the vector register <c>xmm0</c>.</summary>
    public const int VectorSize = 16;

    /// <summary><c>xorps xmm0, xmm0</c></summary>
    public void ClearVector()
    {
        Emit(TwoByteEscape);
        Emit(0x57);
        Emit(0xc0);
    }

    /// <summary><c>movups [memory], xmm0</c></summary>
    public void StoreVector(X64Address memory) => LongMemoryForm(false, 0x11, 0, memory);
}
