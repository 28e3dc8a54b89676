using System.Collections.Immutable;
using Imker.Bytecode;

namespace Imker.Machine.Jit;

/// <summary>
/// What one walk over a program finds out before code is generated: where jumps lead, where blocks begin, what each function needs.
/// Instructions are counted by index; a wide load is one.
/// </summary>
internal sealed class ProgramShape
{
    private readonly bool[] leaders;
    private readonly int[] targets;
    private readonly FunctionShape[] functions;
    private readonly MapLookups? lookups;
    private int helperCalls;

    /// <param name="program">Of valid form.</param>
    /// <param name="maps">Maps that generated code may look into itself.</param>
    public ProgramShape(ExecutableProgram program, ImmutableArray<MachineMap> maps)
    {
        Program = program;
        Code code = program.Code;
        int count = code.Instructions.Length;
        leaders = new bool[count];
        targets = new int[count];
        functions = new FunctionShape[program.Functions.Length];
        int[] indexOfSlot = IndexSlots(code);
        for (int i = 0; i < functions.Length; i++)
        {
            ProgramFunction function = program.Functions[i];
            int end = function.End == code.SlotCount ? count : indexOfSlot[function.End];
            functions[i] = new FunctionShape(indexOfSlot[function.Start], end, function.SlotCount);
            leaders[functions[i].Start] = true;
        }
        for (int i = 0; i < functions.Length; i++)
            Walk(ref functions[i], indexOfSlot);
        if (helperCalls > 0 && !maps.IsEmpty)
            lookups = new MapLookups(this, maps);
        CallsHelpers = helperCalls > (lookups?.Count ?? 0);
        // What is called is given all of R1 to R5.
        if (CallsHelpers || CallsRegisters)
            Used |= RegisterEffects.CallerSaved;
        // Through handles every function can be reached.
        for (int i = 0; i < functions.Length && (HasCallbacks || CallsRegisters); i++)
            functions[i].IsCalled = true;
    }

    public ExecutableProgram Program { get; }

    public ReadOnlySpan<Instruction> Instructions => Program.Code.Instructions.AsSpan();

    /// <summary>Ascending; the main program is the first.</summary>
    public ReadOnlySpan<FunctionShape> Functions => functions;

    /// <summary>Whether a jump leads back, or a function may be called without end: whether the run needs a budget.</summary>
    public bool HasBackEdges { get; private set; }

    /// <summary>Whether code outside of the program is called.</summary>
    public bool CallsHelpers { get; }

    /// <summary>Whether a function of the program is called from it.</summary>
    public bool CallsFunctions { get; private set; }

    /// <summary>Whether a call goes through a register.</summary>
    public bool CallsRegisters { get; private set; }

    /// <summary>Whether functions are handed to helpers.</summary>
    public bool HasCallbacks { get; private set; }

    /// <summary>Whether packets are read by <c>LD ABS</c> or <c>LD IND</c>.</summary>
    public bool LoadsPackets { get; private set; }

    /// <summary>Every register that is read or written somewhere, as bits.</summary>
    public int Used { get; private set; }

    /// <summary>Those of R6 to R9 that are written somewhere, as bits.</summary>
    public int Saved { get; private set; }

    /// <summary>Whether a run is over soon whatever it is given: no helper but lookups, no way back, no calls of functions.</summary>
    public bool IsShort => !HasBackEdges && !CallsHelpers && !CallsFunctions && !CallsRegisters;

    /// <summary>Whether it needs nothing but R0 to R5 and a frame.</summary>
    public bool IsFunction => IsShort && !LoadsPackets && !functions[0].CountsIterations && (Used & RegisterEffects.CalleeSaved) == 0 && lookups is null;

    /// <summary>Whether something leads to the instruction besides the one before it.</summary>
    public bool IsLeader(int index) => leaders[index];

    /// <summary>The index that a jump or a local call leads to.</summary>
    public int TargetOf(int index) => targets[index];

    /// <summary>The map that a call looks into by itself; null for every other instruction.</summary>
    public MachineMap? LookupAt(int index) => lookups?[index];

    public int SlotOf(int index) => Program.Code.SlotOf(index);

    /// <summary>The number of the function that starts at an index.</summary>
    public int FunctionAt(int start)
    {
        int low = 0, high = functions.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = functions[middle].Start <= start ? (middle, high) : (low, middle - 1);
        }
        return low;
    }

    /// <summary>The number of the function that starts at a slot; -1 when none does.</summary>
    public int FunctionAtSlot(int slot)
    {
        for (int i = 0; i < functions.Length; i++)
        {
            if (SlotOf(functions[i].Start) == slot)
                return i;
        }
        return -1;
    }

    private static int[] IndexSlots(Code code)
    {
        var indexOfSlot = new int[code.SlotCount];
        int slot = 0;
        ReadOnlySpan<Instruction> instructions = code.Instructions.AsSpan();
        for (int i = 0; i < instructions.Length; i++)
        {
            indexOfSlot[slot] = i;
            slot += instructions[i].SlotCount;
        }
        return indexOfSlot;
    }

    private void Walk(ref FunctionShape function, int[] indexOfSlot)
    {
        ReadOnlySpan<Instruction> instructions = Instructions;
        int slot = SlotOf(function.Start);
        for (int i = function.Start; i < function.End; i++)
        {
            ref readonly Instruction instruction = ref instructions[i];
            slot += instruction.SlotCount;
            int written = RegisterEffects.Written(instruction);
            function.Saved |= written & RegisterEffects.CalleeSaved;
            Used |= written | 1 << (int)instruction.Dst | (instruction.SrcField <= (int)Register.R10 ? 1 << instruction.SrcField : 0);
            if (instruction.IsJump)
            {
                int target = indexOfSlot[slot + instruction.JumpDistance];
                targets[i] = target;
                leaders[target] = true;
                HasBackEdges |= target <= i;
                function.CountsIterations |= instruction.IsMayGoto;
            }
            else if (instruction.IsCall)
            {
                WalkCall(ref function, i, slot, indexOfSlot);
            }
            else if (instruction.Class == InstructionClass.Ld)
            {
                LoadsPackets |= !instruction.IsWideLoad;
                HasCallbacks |= instruction.IsWideLoad && FunctionHandle.TryGetSlot((ulong)instruction.Constant, out _);
            }
        }
        Saved |= function.Saved;
    }

    private void WalkCall(ref FunctionShape function, int index, int slot, int[] indexOfSlot)
    {
        Instruction instruction = Instructions[index];
        function.Calls = true;
        if (instruction.IsCallThroughRegister)
        {
            CallsRegisters = true;
        }
        else if (instruction.CallKind == CallKind.Function)
        {
            CallsFunctions = true;
            targets[index] = indexOfSlot[slot + (int)instruction.Constant];
            functions[FunctionAt(targets[index])].IsCalled = true;
        }
        else
        {
            helperCalls++;
        }
    }
}
