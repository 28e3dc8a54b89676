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
        // Each function's own are looked through before the next of its caller: the order that libbpf has.
        var pending = new Stack<(FunctionSpec Function, int Next)>([(program.Entry, 0)]);
        while (pending.TryPop(out (FunctionSpec Function, int Next) at))
        {
            int next = at.Next;
            while (next < at.Function.Instructions.Length && !(at.Function.Instructions[next].Reference is FunctionReference { Name: var name } && known.Add(name)))
                next++;
            if (next == at.Function.Instructions.Length)
                continue;
            FunctionSpec called = Find(source, program, ((FunctionReference)at.Function.Instructions[next].Reference!).Name);
            placed.Add(PlacedFunction.At(placed[^1].End, called));
            pending.Push((at.Function, next + 1));
            pending.Push((called, 0));
        }
        return new LinkedProgram(program, placed.ToImmutable());
    }

    private static FunctionSpec Find(BpfObject source, ProgramSpec program, string name) =>
        source.FindFunction(name)
            ?? throw new ArgumentException($"the program '{program.Name}' calls '{name}', which the object '{source.Name}' does not have");
}
