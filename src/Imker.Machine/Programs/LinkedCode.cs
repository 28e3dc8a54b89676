using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Machine;

/// <summary>A program and behind it the functions that it reaches, with distances for names.</summary>
/// <param name="Code">Maps are still symbolic.</param>
/// <param name="Names">Of the functions, by their first slot.</param>
internal sealed record LinkedCode(ImmutableArray<Instruction> Code, Dictionary<int, string> Names)
{
    /// <exception cref="ArgumentException">A function is called that the object does not have.</exception>
    public static LinkedCode Link(BpfObject source, ProgramSpec program)
    {
        var starts = new Dictionary<string, int>(StringComparer.Ordinal);
        var order = new List<FunctionSpec>();
        int end = 0;
        Place(program.Entry);
        for (int i = 0; i < order.Count; i++)
        {
            foreach (Instruction instruction in order[i].Instructions)
            {
                if (instruction.Reference is FunctionReference { Name: var name } && !starts.ContainsKey(name))
                    Place(source.FindFunction(name) ?? throw new ArgumentException($"the program '{program.Name}' calls '{name}', which the object does not have"));
            }
        }
        return new LinkedCode(Resolve(order, starts), starts.ToDictionary(start => start.Value, start => start.Key));

        void Place(FunctionSpec function)
        {
            starts.Add(function.Name, end);
            order.Add(function);
            end += function.Instructions.Sum(instruction => instruction.SlotCount);
        }
    }

    private static ImmutableArray<Instruction> Resolve(List<FunctionSpec> order, Dictionary<string, int> starts)
    {
        var code = ImmutableArray.CreateBuilder<Instruction>();
        int slot = 0;
        foreach (Instruction instruction in order.SelectMany(function => function.Instructions))
        {
            code.Add(instruction.Reference is not FunctionReference { Name: var name } ? instruction
                : instruction.IsCall ? Instruction.CallFunction(starts[name] - slot - 1)
                : instruction.WithConstant((uint)(starts[name] - slot - 1)));
            slot += instruction.SlotCount;
        }
        return code.ToImmutable();
    }
}
