namespace Imker.Machine.Jit.X64;

/// <summary>A memory operand: base, and either a displacement alone or an index register scaled by 1, 2, 4 or 8 besides.</summary>
internal readonly record struct X64Address
{
    private readonly sbyte index;

    public X64Address(X64Register @base, int displacement)
    {
        Base = @base;
        Displacement = displacement;
        index = -1;
    }

    /// <param name="base">The register that is taken as it is.</param>
    /// <param name="index">Any register but <c>rsp</c>.</param>
    /// <param name="scale">The logarithm of the factor: 0 to 3.</param>
    /// <param name="displacement">Added to both.</param>
    public X64Address(X64Register @base, X64Register index, int scale, int displacement)
    {
        Base = @base;
        this.index = (sbyte)index;
        Scale = (byte)scale;
        Displacement = displacement;
    }

    public X64Register Base { get; }

    public bool HasIndex => index >= 0;

    public X64Register Index => (X64Register)index;

    public byte Scale { get; }

    public int Displacement { get; }
}
