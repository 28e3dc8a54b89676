using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Verifier.Code;

/// <summary>The functions that a program is made of, in the order in which they are laid out.</summary>
internal static class FunctionLinker
{
    /// <summary>The entry, then what it reaches; each function's own before the next of its caller, as libbpf has it.</summary>
    /// <exception cref="ArgumentException">A function is missing.</exception>
    public static ImmutableArray<FunctionSpec> Reach(BpfObject source, ProgramSpec program)
    {
        var reached = ImmutableArray.CreateBuilder<FunctionSpec>();
        reached.Add(program.Entry);
        var known = new HashSet<string>(StringComparer.Ordinal) { program.Entry.Name };
        var pending = new Stack<(FunctionSpec Function, int Next)>([(program.Entry, 0)]);
        while (pending.TryPop(out (FunctionSpec Function, int Next) at))
        {
            int next = at.Next;
            while (next < at.Function.Instructions.Length && !(at.Function.Instructions[next].Reference is FunctionReference { Name: var name } && known.Add(name)))
                next++;
            if (next == at.Function.Instructions.Length)
                continue;
            string missing = ((FunctionReference)at.Function.Instructions[next].Reference!).Name;
            FunctionSpec called = source.FindFunction(missing)
                ?? throw new ArgumentException($"the program '{program.Name}' calls '{missing}', which the object '{source.Name}' does not have");
            reached.Add(called);
            pending.Push((at.Function, next + 1));
            pending.Push((called, 0));
        }
        return reached.ToImmutable();
    }
}
