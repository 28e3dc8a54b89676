using System.Diagnostics.CodeAnalysis;
using Imker.Bytecode;
using Imker.Objects;
using Imker.Verifier.Calls;
using Imker.Verifier.Code;
using Imker.Verifier.Pruning;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

/// <summary>
/// The walk over a program's paths with what is known on each: one partial file for each class of instructions. It is used once.
/// </summary>
internal sealed partial class Analysis
{
    private readonly BpfObject source;
    private readonly ProgramCode code;
    private readonly ProgramSpec program;
    private readonly VerifierTarget target;
    private readonly VerifierLimits limits;
    private readonly long deadline;
    private readonly Stack<(int Slot, ProgramState State)> pending = new();
    private ControlFlow flow = null!;
    private StateTable states = null!;
    private Precision precision = null!;

    // The path that is walked.
    private ProgramState state = null!;
    private RegisterState[] registers = null!;
    private int slot;
    private int ids;

    // What the instruction does to the stack, and which registers learned together, for precision.
    private short stackPlace;
    private ushort linked;

    public Analysis(BpfObject source, ProgramCode code, VerifierTarget target, VerifierLimits limits)
    {
        this.source = source;
        this.code = code;
        this.target = target;
        this.limits = limits;
        program = code.Program;
        Arena = code.Maps.Values.FirstOrDefault(map => map.Type == MapType.Arena);
        deadline = System.Diagnostics.Stopwatch.GetTimestamp() + (long)(limits.Time.TotalSeconds * System.Diagnostics.Stopwatch.Frequency);
    }

    public int Walked { get; private set; }

    public int PeakStates => states?.Peak ?? 0;

    public int StackDepth { get; private set; }

    /// <summary>Walks the entry, then each global function by its signature.</summary>
    /// <returns>Why the program is refused; null where it is accepted.</returns>
    public RefusalException? Run()
    {
        try
        {
            CheckProgram();
            flow = ControlFlow.Analyze(code, target);
            states = new StateTable(code.SlotCount, limits);
            precision = new Precision(code);
            WalkEntry();
            WalkGlobalFunctions();
            StackDepth = CallDepth.Check(code, program, target);
            return null;
        }
        catch (RefusalException e)
        {
            return e;
        }
    }

    private void CheckProgram()
    {
        if (code.SlotCount > (target.IsPrivileged ? limits.ProgramSize : 4096))
            throw new RefusalException(VerifierDiagnosticId.TooLarge, -1, $"the program has {code.SlotCount} instructions, the most are {(target.IsPrivileged ? limits.ProgramSize : 4096)}");
        foreach (KernelConstant<ProgramType> known in KernelConstants.ProgramTypes.All)
        {
            if (known.Value == program.Type && known.Since > target.Kernel)
                throw new RefusalException(VerifierDiagnosticId.NotInTarget, -1, $"programs of type {known.Name} came with kernel {known.Since.ToString(2)}");
        }
        Instructions.Check(code, target);
    }

    private void WalkEntry()
    {
        state = NewState(code.Functions[0]);
        registers = state.Registers;
        SetEntryArguments();
        Walk(0);
    }

    private ProgramState NewState(Subprogram function)
    {
        ProgramState fresh = states.Rent();
        fresh.Reset();
        FrameState frame = fresh.Frames[0] ??= new FrameState();
        InitializeFrame(frame, function, 0, -1);
        fresh.IsInSleepable = program.IsSleepable;
        return fresh;
    }

    private static void InitializeFrame(FrameState frame, Subprogram function, int number, int callSite)
    {
        frame.Function = function;
        frame.CallSite = callSite;
        frame.Depth = 0;
        frame.IsCallback = frame.IsAsync = frame.HasReturnRange = false;
        frame.CallbackDepth = 0;
        for (int i = 0; i < FrameState.RegisterCount; i++)
            frame.Registers[i] = RegisterState.Unset;
        frame.Registers[10] = RegisterState.Pointer(RegisterKind.Stack) with { Frame = (byte)number };
    }

    /// <summary>Walks all paths from an instruction, with the state that was set up.</summary>
    private void Walk(int start)
    {
        slot = start;
        while (true)
        {
            WalkPath();
            StateTable.EndPath(state, precision);
            states.GiveBack(state);
            if (!pending.TryPop(out (int Slot, ProgramState State) next))
                return;
            (slot, state) = next;
            registers = state.Registers;
        }
    }

    private void WalkPath()
    {
        while (true)
        {
            if (++Walked > limits.Instructions)
                throw Refuse(VerifierDiagnosticId.TooLarge, $"the program is too large: {Walked - 1} instructions were walked over all its paths, the most are {limits.Instructions}");
            if ((Walked & 0xfff) == 0 && System.Diagnostics.Stopwatch.GetTimestamp() > deadline)
                throw Refuse(VerifierDiagnosticId.TooLarge, $"the analysis takes longer than {limits.Time.TotalSeconds:0.###} s");
            state.At = slot;
            if (flow.MeetingPoints[slot] && Meet())
                return;
            int at = slot;
            stackPlace = 0;
            linked = 0;
            int next = StepOver(code[at]);
            state.Steps.Add(new Step(at, stackPlace, linked));
            if (next < 0)
                return;
            slot = next;
        }
    }

    // Dispatches; the next slot, or -1 where the path ends.
    private int StepOver(in Instruction instruction)
    {
        switch (instruction.Class)
        {
            case InstructionClass.Alu or InstructionClass.Alu64:
                Arithmetic(instruction);
                return slot + 1;
            case InstructionClass.Ldx:
                Load(instruction);
                return slot + 1;
            case InstructionClass.St:
                StoreConstant(instruction);
                return slot + 1;
            case InstructionClass.Stx:
                if (instruction.Mode == MemoryMode.Atomic)
                    Atomic(instruction);
                else
                    Store(instruction);
                return slot + 1;
            case InstructionClass.Ld:
                if (instruction.IsWideLoad)
                    LoadWide(instruction);
                else
                    LoadPacket(instruction);
                return slot + instruction.SlotCount;
            default:
                return Control(instruction);
        }
    }

    private int Control(in Instruction instruction)
    {
        if (instruction.IsExit)
            return Exit();
        if (instruction.IsCall)
            return Call(instruction);
        if (instruction.IsUnconditionalJump)
        {
            states.CountJump();
            return code.JumpTarget(slot);
        }
        states.CountJump();
        return instruction.IsMayGoto ? MayGoto() : Branch(instruction);
    }

    /// <summary>Sets the other side of a branch aside; it is walked when this one has ended.</summary>
    private ProgramState SetAside(int at)
    {
        if (pending.Count >= limits.PendingBranches)
            throw Refuse(VerifierDiagnosticId.TooLarge, $"the sequence of {pending.Count + 1} jumps is too complex: so many branches of one path have another side to walk");
        ProgramState other = states.Rent();
        other.CopyFrom(state);
        if (other.Parent is { } parent)
            parent.Branches++;
        pending.Push((at, other));
        return other;
    }

    private int NewId() => ++ids;

    private RefusalException Refuse(string id, string message) => new(id, slot, message);

    [DoesNotReturn]
    private void Fail(string id, string message) => throw Refuse(id, message);

    private ref RegisterState Read(Register register)
    {
        ref RegisterState read = ref registers[(int)register];
        if (read.Kind == RegisterKind.Unset)
            FailUnset(register);
        return ref read;
    }

    private void FailUnset(Register register)
    {
        string name = Name(register);
        bool isArgument = register is >= Register.R1 and <= Register.R5;
        Fail(VerifierDiagnosticId.UnsetRegister, register == Register.R0 && code[slot].IsExit
            ? $"{name} !read_ok: the function ends, but no value to return has been set on this path"
            : $"{name} !read_ok: no value has been set on this path{(isArgument ? "; calls destroy R1 to R5" : "")}");
    }

    private ref RegisterState Write(Register register)
    {
        if (register == Register.R10)
            Fail(VerifierDiagnosticId.BadInstruction, "frame pointer is read only: R10 cannot be set");
        return ref registers[(int)register];
    }

    private static string Name(Register register) => $"R{(int)register}";

    private static string Name(int register) => $"R{register}";

    private string Describe(in RegisterState register) => Naming.Describe(register);
}
