using System.Collections.Immutable;
using Imker.Bytecode;

namespace Imker.Machine;

/// <summary>
/// A program that was checked for form and whose references are numbers: what engines run. Made by <see cref="ProgramValidator"/>, so
/// everything said here holds.
/// </summary>
/// <remarks>
/// <para>Every jump leads to the start of an instruction of its own function, and the last instruction of a function is an exit or a
/// jump. No instruction writes R10. Local calls lead to the start of a function, and the main program is the first function.</para>
/// <para>Wide loads are plain numbers: a map is its <see cref="MapHandle"/>, a map value its address, which stays as long as the map,
/// a function its <see cref="FunctionHandle"/>.</para>
/// <para>Every helper called by number is there: <see cref="FindHelper"/>.</para>
/// </remarks>
internal sealed class ExecutableProgram
{
    private readonly Dictionary<int, MachineHelper> helpers;

    internal ExecutableProgram(string name, Code code, ImmutableArray<ProgramFunction> functions, Dictionary<int, MachineHelper> helpers)
    {
        Name = name;
        Code = code;
        Functions = functions;
        this.helpers = helpers;
    }

    public string Name { get; }

    /// <summary>All functions one behind the other, the main program first.</summary>
    public Code Code { get; }

    /// <summary>Ascending by slot.</summary>
    public ImmutableArray<ProgramFunction> Functions { get; }

    /// <summary>Whether a verifier has shown that every access is allowed; then an engine may leave the checks out.</summary>
    public bool IsVerified { get; init; }

    /// <summary>A helper that the program may call, by number or through a register; null when there is none.</summary>
    public MachineHelper? FindHelper(long number) => number == (int)number ? helpers.GetValueOrDefault((int)number) : null;

    /// <summary>The function that starts at a slot; null when none does.</summary>
    public ProgramFunction? FunctionAt(int slot)
    {
        foreach (ProgramFunction function in Functions)
        {
            if (function.Start == slot)
                return function;
        }
        return null;
    }

    /// <summary>The function that a slot belongs to.</summary>
    public ProgramFunction FunctionOf(int slot)
    {
        ProgramFunction found = Functions[0];
        foreach (ProgramFunction function in Functions)
        {
            if (function.Start <= slot)
                found = function;
        }
        return found;
    }
}
