using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Machine;

/// <summary>
/// Checks the form of a program before a step of it runs: what every engine may then rely on (<see cref="ExecutableProgram"/>).
/// Each finding names the slot and shows the instruction.
/// </summary>
internal sealed class ProgramValidator
{
    /// <summary>As many as the kernel takes (<c>BPF_COMPLEXITY_LIMIT_INSNS</c>).</summary>
    private const int MaxSlots = 1_000_000;

    private readonly string name;
    private readonly Code code;
    private readonly IReadOnlyDictionary<int, MachineHelper> available;
    private readonly Dictionary<int, MachineHelper> helpers = [];
    private readonly DiagnosticBag bag = new();
    private ImmutableArray<ProgramFunction> functions = [];

    private ProgramValidator(string name, Code code, IReadOnlyDictionary<int, MachineHelper> available)
    {
        this.name = name;
        this.code = code;
        this.available = available;
    }

    /// <param name="name">Names the program in findings.</param>
    /// <param name="code">All functions, the main program first; wide loads are plain numbers or addresses of functions.</param>
    /// <param name="available">The helpers that it may call, by number.</param>
    /// <param name="names">Names of functions by their first slot.</param>
    /// <param name="program">The program; null when there are findings.</param>
    /// <param name="diagnostics">What is wrong with it.</param>
    public static bool TryValidate(
        string name, Code code, IReadOnlyDictionary<int, MachineHelper> available, IReadOnlyDictionary<int, string> names,
        [NotNullWhen(true)] out ExecutableProgram? program, out ImmutableArray<Diagnostic> diagnostics)
    {
        var validator = new ProgramValidator(name, code, available);
        program = validator.Validate(names);
        diagnostics = validator.bag.ToSorted();
        return program is not null;
    }

    private ExecutableProgram? Validate(IReadOnlyDictionary<int, string> names)
    {
        if (code.SlotCount is 0 or > MaxSlots)
        {
            bag.Error(MachineDiagnosticId.BadLength, default, $"the program '{name}' has {code.SlotCount} instructions; the machine takes 1 to {MaxSlots}");
            return null;
        }
        FindFunctions(names);
        for (int i = 0; i < code.Instructions.Length; i++)
            Check(i, code.Instructions[i]);
        foreach (ProgramFunction function in functions)
            CheckEnd(function);
        return bag.HasErrors ? null : new ExecutableProgram(name, ResolveFunctions(), functions, helpers);
    }

    private void FindFunctions(IReadOnlyDictionary<int, string> names)
    {
        var starts = new SortedSet<int> { 0 };
        for (int i = 0; i < code.Instructions.Length; i++)
        {
            if (!TryGetFunctionDistance(code.Instructions[i], out int distance))
                continue;
            long target = code.SlotOf(i) + 1L + distance;
            if (target >= 0 && target < code.SlotCount && code.TryGetIndex((int)target, out _))
                starts.Add((int)target);
            else
                Report(MachineDiagnosticId.BadCall, i, $"there is no function at slot {target}");
        }
        int[] sorted = [.. starts];
        functions = [.. sorted.Select((start, i) =>
            new ProgramFunction(names.GetValueOrDefault(start) ?? (start == 0 ? name : $"function_{start}"), start, i + 1 < sorted.Length ? sorted[i + 1] : code.SlotCount))];
    }

    private static bool TryGetFunctionDistance(Instruction instruction, out int distance)
    {
        distance = (int)instruction.Constant;
        return instruction is { IsCall: true, CallKind: CallKind.Function, Opcode: 0x85 } or { IsWideLoad: true, WideLoadKind: WideLoadKind.Function };
    }

    private void Check(int index, Instruction instruction)
    {
        if (!InstructionForms.TryGet(instruction, out _))
            Report(MachineDiagnosticId.NoInstruction, index, "this is no instruction");
        else if (instruction.IsJump)
            CheckJump(index);
        else if (instruction.IsCall)
            CheckCall(index, instruction);
        else if (instruction.IsWideLoad)
            CheckWideLoad(index, instruction);
        else if (IsAddressSpaceCast(instruction))
            Report(MachineDiagnosticId.NeedsKernel, index, "address spaces are only in the kernel");
        if (WritesDst(instruction) && instruction.Dst == Register.R10 || instruction.Opcode is 0xc3 or 0xdb && FetchesIntoR10(instruction))
            Report(MachineDiagnosticId.FramePointerWritten, index, "the frame pointer can only be read");
    }

    private static bool WritesDst(Instruction instruction) => instruction.Class switch
    {
        InstructionClass.Alu or InstructionClass.Alu64 or InstructionClass.Ldx => true,
        InstructionClass.Ld => instruction.IsWideLoad,
        InstructionClass.Stx => instruction.Mode == MemoryMode.Atomic && instruction.Constant == (int)AtomicOperation.LoadAcquire,
        _ => false,
    };

    // BPF_ADDR_SPACE_CAST: a move of 64 bits with this offset.
    private static bool IsAddressSpaceCast(Instruction instruction) => instruction is { Opcode: 0xbf, Offset: 1 };

    private static bool FetchesIntoR10(Instruction instruction) =>
        instruction.Src == Register.R10 && (instruction.Constant & 1) != 0 && instruction.Constant != (int)AtomicOperation.CompareExchange;

    private void CheckJump(int index)
    {
        ProgramFunction function = FunctionOf(code.SlotOf(index));
        if (!code.TryGetJumpTarget(index, out int target))
            Report(MachineDiagnosticId.BadJump, index, "the jump leads outside of the program or into a wide load");
        else if (FunctionOf(code.SlotOf(target)) != function)
            Report(MachineDiagnosticId.BadJump, index, $"the jump leads out of the function '{function.Name}'");
    }

    private void CheckCall(int index, Instruction instruction)
    {
        if (instruction.Opcode == 0x8d)
            return;
        if (instruction.CallKind == CallKind.Kfunc)
            Report(MachineDiagnosticId.NeedsKernel, index, "functions of the kernel are only in the kernel");
        else if (instruction.CallKind == CallKind.Helper && !available.ContainsKey((int)instruction.Constant))
            Report(MachineDiagnosticId.NoHelper, index, $"the machine has no helper {NameOf(instruction.Constant)}");
    }

    private static string NameOf(long helper) => HelperTable.TryGet(helper, out HelperPrototype? known) ? $"{helper} ({known.Name})" : $"{helper}";

    private void CheckWideLoad(int index, Instruction instruction)
    {
        if (instruction.WideLoadKind is not (WideLoadKind.Constant or WideLoadKind.Function))
            Report(MachineDiagnosticId.NeedsKernel, index, "it names something by a number that only the kernel knows");
    }

    private void CheckEnd(ProgramFunction function)
    {
        int last = code.TryGetIndex(function.End, out int next) ? next - 1 : code.Instructions.Length - 1;
        if (code.Instructions[last].FallsThrough)
            Report(MachineDiagnosticId.FallsOffTheEnd, last, $"the function '{function.Name}' goes on behind its last instruction");
    }

    private ProgramFunction FunctionOf(int slot)
    {
        int low = 0, high = functions.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = functions[middle].Start <= slot ? (middle, high) : (low, middle - 1);
        }
        return functions[low];
    }

    private Code ResolveFunctions()
    {
        foreach ((int number, MachineHelper helper) in available)
            helpers[number] = helper;
        return code.Replace((i, instruction) => instruction is { IsWideLoad: true, WideLoadKind: WideLoadKind.Function }
            ? Instruction.LoadImm64(instruction.Dst, (long)FunctionHandle.Of(code.SlotOf(i) + 1 + (int)instruction.Constant))
            : instruction);
    }

    private void Report(string id, int index, string problem) =>
        bag.Error(id, default, $"slot {code.SlotOf(index)} of '{name}' ({Disassembler.Format(code.Instructions[index])}): {problem}");
}
