using System.Collections.Immutable;
using Imker.Bytecode;

namespace Imker.Machine.Jit;

/// <summary>
/// Writes a program as machine code: one walk, jumps patched afterwards. What seldom runs stands behind the functions: careful copies of
/// stretches whose shared check failed, the slow paths of checks, the exits of faults. What is the same for all processors is here.
/// </summary>
internal abstract partial class CodeGenerator
{
    /// <summary>More bytes than one instruction's code ever takes, but for calls through a register.</summary>
    protected const int LongestInstruction = 512;

    private readonly CodeBuffer buffer;
    private readonly int[] positions;
    private readonly int[] functionPositions;
    private readonly List<(int Reference, int Target)> jumps = [];
    private readonly List<(int Reference, int Function)> calls = [];
    private readonly List<(int Reference, int Index)> packetExits = [];
    private readonly List<(int Reference, Routine Routine)> routineCalls = [];
    private readonly List<(int Reference, MachineMap Map)> lookupCalls = [];
    private int function;

    /// <param name="source">What is compiled.</param>
    /// <param name="buffer">Gets the code, from its first byte on.</param>
    protected CodeGenerator(JitSource source, CodeBuffer buffer)
    {
        this.buffer = buffer;
        Options = source.Options;
        Owner = source.Owner;
        Shape = new ProgramShape(source.Program, source.Maps);
        if (Options.IsFunction && !Shape.IsFunction)
            throw new ArgumentException($"the program '{source.Program.Name}' needs a state", nameof(source));
        plan = Options.IsChecked ? new AccessPlan(Shape) : null;
        positions = new int[Shape.Instructions.Length];
        functionPositions = new int[Shape.Functions.Length];
    }

    protected JitOptions Options { get; }

    /// <summary>A handle of the <see cref="CompiledProgram"/> that the code becomes.</summary>
    protected nint Owner { get; }

    protected ProgramShape Shape { get; }

    /// <summary>The function that is being written.</summary>
    protected ref readonly FunctionShape Function => ref Shape.Functions[function];

    protected ref readonly FunctionShape Main => ref Shape.Functions[0];

    /// <summary>Whether the function being written is the main program and nobody calls it, so that it needs no frame of its own.</summary>
    protected bool IsInline => function == 0 && !Main.IsCalled;

    /// <summary>Whether the run counts what it may still do.</summary>
    protected bool HasBudget => Shape.HasBackEdges || Options.IsChecked && (Shape.CallsFunctions || Shape.CallsRegisters);

    /// <summary>Whether a run can be left from anywhere, so that the stack pointer has to be known.</summary>
    protected bool Unwinds => Options.IsChecked || HasBudget || Shape.CallsHelpers || Shape.CallsRegisters || Main.CountsIterations;

    /// <summary>Whether R10 is needed in its register.</summary>
    protected bool NeedsFramePointer => Options.IsChecked || Shape.CallsFunctions || Shape.CallsHelpers || Shape.CallsRegisters
        || (Shape.Used >> (int)Register.R10 & 1) != 0;

    /// <summary>The registers among R6 to R9 that the C convention wants back as they were, as bits.</summary>
    protected int KeptRegisters => RegisterEffects.CalleeSaved & (Options.IsChecked ? Shape.Used : Shape.Saved);

    /// <summary>The registers among R0 to R9 that are fetched from the state at the start of a run, as bits.</summary>
    protected int FetchedRegisters
    {
        get
        {
            const int Arguments = 0x3e, All = 0x3ff;
            // A checked program may read what it has not written.
            return Shape.Used & (Options.IsChecked ? All : Arguments);
        }
    }

    /// <summary>Whether a register has a value of the program in it.</summary>
    protected bool IsHeld(Register register) => register == Register.R10 ? NeedsFramePointer : (Shape.Used >> (int)register & 1) != 0;

    /// <summary>Appends the program's code to the buffer and says where it is entered.</summary>
    public GeneratedCode Generate()
    {
        if (!Options.IsFunction)
            EmitEntry(isCallback: false);
        for (function = 0; function < functionPositions.Length; function++)
        {
            buffer.Reserve(LongestInstruction);
            functionPositions[function] = buffer.Position;
            if (Options.IsFunction)
                EmitFunctionEntry();
            else if (!IsInline)
                EmitPrologue();
            EmitRange(Function.Start, Function.End);
        }
        EmitCarefulCopies();
        int callback = Shape.HasCallbacks ? buffer.Position : -1;
        if (Shape.HasCallbacks)
            EmitEntry(isCallback: true);
        EmitPacketExits();
        EmitSlowChecks();
        EmitFaults();
        BindAll();
        return new GeneratedCode(callback, Shape, functionPositions);
    }

    protected int PositionOf(int index) => positions[index];

    /// <summary>Lets a reference lead to an instruction that may not be written yet.</summary>
    protected void BindLater(int reference, int target) => jumps.Add((reference, target));

    /// <summary>Lets a reference lead to a function that may not be written yet.</summary>
    protected void BindFunctionLater(int reference, int callee) => calls.Add((reference, callee));

    protected void BindRoutineLater(int reference, Routine routine) => routineCalls.Add((reference, routine));

    /// <summary>Lets a reference lead to the code that looks into a map, which stands once in a program.</summary>
    protected void BindLookupLater(int reference, MachineMap map) => lookupCalls.Add((reference, map));

    protected void BindPacketExitLater(int reference, int index) => packetExits.Add((reference, index));

    /// <summary>Where C# enters: the program at its first instruction, or one of its functions from a helper.</summary>
    protected abstract void EmitEntry(bool isCallback);

    /// <summary>Where C# enters code that takes arguments: makes a frame on the processor's stack, if there is to be one.</summary>
    protected abstract void EmitFunctionEntry();

    protected abstract void EmitPrologue();

    /// <summary>Leaves the function being written with what is in R0.</summary>
    protected abstract void EmitExit();

    /// <summary>Writes two instructions as one, if their effects together are simpler.</summary>
    protected abstract bool TryFuse(int index);

    protected abstract void EmitArithmetic(int index, in Instruction instruction);

    protected abstract void EmitConstant(Register dst, long constant);

    protected abstract void EmitMemory(int index, in Instruction instruction);

    protected abstract void EmitPacketLoad(int index, in Instruction instruction);

    protected abstract void EmitJump(int index);

    protected abstract void EmitConditionalJump(int index, in Instruction instruction);

    protected abstract void EmitMayGoto(int index);

    protected abstract void EmitCallFunction(int index, int callee);

    protected abstract void EmitCallHelper(int index, MachineHelper helper);

    /// <summary>Looks into a map of a kind that <see cref="MapLookups"/> names.</summary>
    protected abstract void EmitLookup(int index, MachineMap map);

    protected abstract void EmitCallRegister(int index, Register callee);

    protected abstract void EmitTailCall(int index);

    /// <summary>Writes the code that looks into a hash: R2 points to the key, R0 gets the value's address or zero.</summary>
    protected abstract void EmitHashLookup(HashStorage map);

    protected abstract void ClearResult();

    /// <summary>Writes the routines and puts their places into the span.</summary>
    protected abstract void EmitRoutines(Span<int> places);

    protected abstract void Bind(int reference, int position);

    private void EmitRange(int start, int end)
    {
        for (int i = start; i < end;)
        {
            buffer.Reserve(LongestInstruction);
            if (!IsCareful)
                positions[i] = buffer.Position;
            i += EmitNext(i, end);
        }
    }

    /// <summary>Writes one instruction, or two that are one, and says how many.</summary>
    private int EmitNext(int index, int end)
    {
        if (index + 1 < end && !Shape.IsLeader(index + 1) && Shape.Instructions[index].Class == InstructionClass.Alu64 && TryFuse(index))
            return 2;
        Emit(index);
        return 1;
    }

    private void Emit(int index)
    {
        ref readonly Instruction instruction = ref Shape.Instructions[index];
        switch (instruction.Class)
        {
            case InstructionClass.Alu or InstructionClass.Alu64:
                EmitArithmetic(index, instruction);
                break;
            case InstructionClass.Jmp or InstructionClass.Jmp32:
                EmitControl(index, instruction);
                break;
            case InstructionClass.Ld when instruction.IsWideLoad:
                EmitConstant(instruction.Dst, instruction.Constant);
                break;
            case InstructionClass.Ld:
                EmitPacketLoad(index, instruction);
                break;
            default:
                EmitMemory(index, instruction);
                break;
        }
    }

    private void EmitControl(int index, in Instruction instruction)
    {
        if (instruction.IsExit)
            EmitExit();
        else if (instruction.IsCall)
            EmitCall(index, instruction);
        else if (instruction.IsMayGoto)
            EmitMayGoto(index);
        else if (instruction.IsUnconditionalJump)
            EmitJump(index);
        else
            EmitConditionalJump(index, instruction);
    }

    private void EmitCall(int index, in Instruction instruction)
    {
        if (instruction.IsCallThroughRegister)
            EmitCallRegister(index, instruction.Dst);
        else if (instruction.CallKind == CallKind.Function)
            EmitCallFunction(index, Shape.FunctionAt(Shape.TargetOf(index)));
        else if (instruction.Constant == (int)HelperId.TailCall)
            EmitTailCall(index);
        else if (Shape.LookupAt(index) is { } map)
            EmitLookup(index, map);
        else
            EmitCallHelper(index, Shape.Program.FindHelper(instruction.Constant)!);
    }

    /// <summary>Where functions go that read behind a packet's end: back to their callers with nothing.</summary>
    private void EmitPacketExits()
    {
        foreach ((int reference, int index) in packetExits)
        {
            buffer.Reserve(LongestInstruction);
            Bind(reference, buffer.Position);
            function = Shape.FunctionAt(index);
            ClearResult();
            EmitExit();
        }
    }

    private void BindAll()
    {
        Span<int> places = stackalloc int[(int)Routine.Unwind + 1];
        EmitRoutines(places);
        foreach ((int reference, Routine routine) in routineCalls)
            Bind(reference, places[(int)routine]);
        BindLookups();
        foreach ((int reference, int target) in jumps)
            Bind(reference, positions[target]);
        foreach ((int reference, int callee) in calls)
            Bind(reference, functionPositions[callee]);
    }

    private void BindLookups()
    {
        if (lookupCalls.Count == 0)
            return;
        Dictionary<MachineMap, int> places = [];
        foreach ((int reference, MachineMap map) in lookupCalls)
        {
            if (!places.TryGetValue(map, out int place))
            {
                buffer.Reserve(LongestInstruction);
                places.Add(map, place = buffer.Position);
                EmitHashLookup((HashStorage)map.Storage);
            }
            Bind(reference, place);
        }
    }
}
