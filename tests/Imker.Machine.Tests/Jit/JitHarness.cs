using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Imker.Bytecode;
using Imker.Machine.Jit;

namespace Imker.Machine.Tests.Jit;

internal sealed unsafe class JitHarness
{
    public readonly ExecutionState* State;
    private readonly byte* stack;
    private readonly byte* context;

    public JitHarness(int contextLength = 256)
    {
        State = (ExecutionState*)NativeMemory.AllocZeroed(ExecutionState.Size);
        stack = (byte*)NativeMemory.AllocZeroed(4096);
        context = (byte*)NativeMemory.AllocZeroed((nuint)contextLength);
        State->StackTop = (ulong)(stack + 4096);
        State->Regions = (MemoryRegion*)NativeMemory.AllocZeroed(16, MemoryRegion.Size);
        State->RegionCount = 3;
        State->Regions[0] = new MemoryRegion { Start = (ulong)stack, Length = 4096, Access = RegionAccess.ReadWrite };
        State->Regions[1] = new MemoryRegion { Start = (ulong)context, Length = (ulong)contextLength, Access = RegionAccess.ReadWrite };
        ContextLength = contextLength;
        State->FindRegion = &Find;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static uint Find(ExecutionState* state, ulong address, uint size)
    {
        state->Fault = FaultKind.BadAccess;
        return 0;
    }

    public int ContextLength { get; }

    public Span<byte> Context => new(context, ContextLength);

    public static ExecutableProgram Program(string text)
    {
        Code code = Assembler.Parse(text);
        if (!ProgramValidator.TryValidate("test", code, ImmutableDictionary<int, MachineHelper>.Empty, ImmutableDictionary<int, string>.Empty, out ExecutableProgram? program, out var diagnostics))
            throw new InvalidOperationException(string.Join("\n", diagnostics));
        return program;
    }

    public ulong Run(ProgramEngine engine, long budget = 1_000_000_000)
    {
        State->Fault = 0;
        State->Depth = 0;
        State->Budget = budget;
        for (int i = 0; i < 10; i++)
            State->Registers[i] = 0;
        State->Registers[10] = State->StackTop;
        State->Registers[1] = (ulong)context;
        State->Registers[2] = (ulong)ContextLength;
        return engine.Run(State);
    }
}
