namespace Imker.Elf;

/// <summary>A place in an executable or library that it names itself, with what can be read there.</summary>
/// <param name="Provider">Who has put it there.</param>
/// <param name="Name">What happens there.</param>
/// <param name="Address">Of its instruction, a <c>nop</c>.</param>
/// <param name="Semaphore">The address of a counter of 16 bits, above zero while somebody watches; 0 when it has none.</param>
/// <param name="Arguments">Where its arguments are, as the assembler was told: <c>-4@%edi 8@-16(%rbp)</c>. See <see cref="UsdtArgument"/>.</param>
public readonly record struct UsdtProbe(string Provider, string Name, ulong Address, ulong Semaphore, string Arguments);
