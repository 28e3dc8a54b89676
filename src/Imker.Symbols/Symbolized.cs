namespace Imker.Symbols;

/// <summary>An address and what is known of it.</summary>
/// <param name="Address">As it was asked for.</param>
/// <param name="Name">The function that holds it; null when none is known.</param>
/// <param name="Offset">How far into the function it lies.</param>
/// <param name="Module">The kernel module or the mapped file; null for the kernel itself and for what belongs to no file.</param>
public readonly record struct Symbolized(ulong Address, string? Name, ulong Offset, string? Module)
{
    /// <summary>The function's name alone, or the address: what <c>ksym()</c> and <c>usym()</c> show.</summary>
    public override string ToString() => Name ?? $"0x{Address:x}";

    /// <summary><c>name+offset</c>, or the address: what a stack shows.</summary>
    public string ToStringWithOffset() => Name is null ? ToString() : $"{Name}+{Offset}";
}
