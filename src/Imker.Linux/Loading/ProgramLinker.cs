using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>Puts behind a program's entry the functions that it reaches, directly or through others.</summary>
internal static class ProgramLinker
{
    /// <exception cref="ArgumentException">The program calls a function that the object does not have.</exception>
    internal static LinkedProgram Link(BpfObject source, ProgramSpec program)
    {
        ImmutableArray<PlacedFunction>.Builder placed = ImmutableArray.CreateBuilder<PlacedFunction>();
        placed.Add(PlacedFunction.At(0, program.Entry));
        var known = new HashSet<string> { program.Entry.Name };
        // Functions are appended while those before them are looked through.
        for (int i = 0; i < placed.Count; i++)
        {
            foreach (Instruction instruction in placed[i].Spec.Instructions)
            {
                if (instruction.Reference is FunctionReference { Name: var name } && known.Add(name))
                    placed.Add(PlacedFunction.At(placed[^1].End, Find(source, program, name)));
            }
        }
        return new LinkedProgram(program, placed.ToImmutable());
    }

    private static FunctionSpec Find(BpfObject source, ProgramSpec program, string name) =>
        source.FindFunction(name)
            ?? throw new ArgumentException($"the program '{program.Name}' calls '{name}', which the object '{source.Name}' does not have");
}
