namespace Imker.Verifier.Domain;

/// <summary>The width of registers. eBPF has 64 bits; that the arithmetic is right is proven over all values of narrower ones.</summary>
internal interface IWidth
{
    /// <summary>Bits of a register.</summary>
    static abstract int Bits { get; }

    /// <summary>Bits of its lower half, on which narrow instructions work.</summary>
    static abstract int LowBits { get; }
}

/// <summary>The registers of eBPF.</summary>
internal readonly struct Width64 : IWidth
{
    public static int Bits => 64;

    public static int LowBits => 32;
}
