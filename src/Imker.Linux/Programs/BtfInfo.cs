namespace Imker.Linux;

/// <summary>What the kernel says about type information.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name"><c>vmlinux</c> or a module's name; empty for a program's.</param>
/// <param name="Size">Bytes.</param>
/// <param name="IsKernel">The kernel's own or a module's.</param>
public sealed record BtfInfo(uint Id, string Name, int Size, bool IsKernel);
