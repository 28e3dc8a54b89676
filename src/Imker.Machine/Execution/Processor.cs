using System.Runtime.InteropServices;

namespace Imker.Machine;

/// <summary>What a thread needs to run programs: stack, region table and state, made once and used for one run after the other.</summary>
internal sealed unsafe class Processor : IDisposable
{
    private const int StackBytes = ExecutionState.MaxDepth * ExecutionState.FrameSize;

    private readonly byte* stack;
    private GCHandle self;

    public Processor()
    {
        stack = (byte*)NativeMemory.AlignedAlloc(StackBytes, 64);
        State = (ExecutionState*)NativeMemory.AlignedAlloc(ExecutionState.Size, 64);
        NativeMemory.Clear(State, ExecutionState.Size);
        self = GCHandle.Alloc(this);
        State->Owner = GCHandle.ToIntPtr(self);
        State->StackTop = (ulong)(stack + StackBytes);
    }

    public ExecutionState* State { get; }

    public void Dispose()
    {
        NativeMemory.AlignedFree(stack);
        NativeMemory.AlignedFree(State);
        self.Free();
    }
}
