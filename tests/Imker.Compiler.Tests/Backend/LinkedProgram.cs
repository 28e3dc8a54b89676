using System.Runtime.InteropServices;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Compiler.Tests.Backend;

/// <summary>The code of a program and of the functions that it calls, one behind the other, as a kernel takes it.</summary>
/// <param name="Instructions">Slots of eight bytes.</param>
/// <param name="FunctionInfo">Slot and type of each function.</param>
internal sealed record LinkedProgram(byte[] Instructions, byte[] FunctionInfo)
{
    public static LinkedProgram Of(BpfObject compiled, string program)
    {
        var parts = new List<FunctionSpec> { compiled.FindProgram(program)!.Entry };
        for (int i = 0; i < parts.Count; i++)
        {
            foreach (Instruction instruction in parts[i].Instructions)
            {
                if (instruction.Reference is FunctionReference called && parts.All(part => part.Name != called.Name))
                    parts.Add(compiled.FindFunction(called.Name)!);
            }
        }
        var starts = new Dictionary<string, int>();
        int slots = 0;
        foreach (FunctionSpec part in parts)
        {
            starts[part.Name] = slots;
            slots += part.Instructions.Sum(instruction => instruction.SlotCount);
        }
        var bytes = new byte[slots * InstructionEncoder.SlotSize];
        int slot = 0;
        foreach (Instruction instruction in parts.SelectMany(part => part.Instructions))
        {
            Instruction resolved = instruction.Reference is FunctionReference called
                ? instruction.WithConstant(starts[called.Name] - slot - 1)
                : instruction;
            Assert.Null(resolved.Reference);
            slot += InstructionEncoder.Encode(resolved, bytes.AsSpan(slot * InstructionEncoder.SlotSize)) / InstructionEncoder.SlotSize;
        }
        uint[] info = [.. parts.SelectMany(part => (uint[])[(uint)starts[part.Name], part.BtfTypeId])];
        return new LinkedProgram(bytes, MemoryMarshal.AsBytes<uint>(info).ToArray());
    }
}
