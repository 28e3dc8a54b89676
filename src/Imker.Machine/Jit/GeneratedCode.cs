namespace Imker.Machine.Jit;

/// <summary>Where generated code is entered, in bytes from its start. A run of the program starts at the first byte.</summary>
/// <param name="Callback">Where functions are entered from helpers; -1 when no function is handed to one.</param>
/// <param name="Shape">What the code is of.</param>
/// <param name="Functions">Where each function stands.</param>
internal sealed record GeneratedCode(int Callback, ProgramShape Shape, int[] Functions);
