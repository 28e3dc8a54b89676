using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Imker.Machine;

/// <summary>What a thread needs to run programs: stack, region table and state, made once and used for one run after the other.</summary>
internal sealed unsafe class Processor
{
    private const int MaxKeySize = 512;
    private const int StackBytes = ExecutionState.MaxDepth * ExecutionState.FrameSize;

    [ThreadStatic]
    private static Processor? ofThread;

    private readonly List<object> roots = [];
    private readonly MapsOfRun maps = new();
    private MachineProgram? program, loaded;
    private int mapsWithRegions;
    private int regionCapacity = 16;
    private bool isTaken;
    private CpuSlots? cpuHolder;
    private int cpu;
    private byte* keyMemory;
    private PacketContext? packets;

    private Processor()
    {
        byte* stack = (byte*)NativeMemory.AlignedAlloc(StackBytes, 64);
        NativeMemory.Clear(stack, StackBytes);
        State = (ExecutionState*)NativeMemory.AlignedAlloc(ExecutionState.Size, 64);
        NativeMemory.Clear(State, ExecutionState.Size);
        State->Owner = GCHandle.ToIntPtr(GCHandle.Alloc(this, GCHandleType.Weak));
        State->StackTop = (ulong)(stack + StackBytes);
        State->Frames = (SavedFrame*)NativeMemory.AllocZeroed(ExecutionState.MaxDepth, (nuint)sizeof(SavedFrame));
        State->Regions = (MemoryRegion*)NativeMemory.AllocZeroed((nuint)regionCapacity, MemoryRegion.Size);
        State->FindRegion = &RegionLookup.FindNative;
        State->Regions[ExecutionState.StackRegion] = new MemoryRegion { Access = RegionAccess.ReadWrite, Kind = RegionKind.Stack };
        ReclamationEpoch.Register(this);
    }

    ~Processor()
    {
        ReclamationEpoch.Unregister(this);
        NativeMemory.AlignedFree((void*)(State->StackTop - StackBytes));
        NativeMemory.Free(keyMemory);
        NativeMemory.Free(State->Frames);
        NativeMemory.Free(State->Regions);
        GCHandle.FromIntPtr(State->Owner).Free();
        NativeMemory.AlignedFree(State);
    }

    public ExecutionState* State { get; }

    /// <summary>The program whose run is under way.</summary>
    public MachineProgram Program => program!;

    /// <summary>The program that a fault happened in, where tail calls led to another than <see cref="Program"/>.</summary>
    public ExecutableProgram? FaultProgram { get; set; }

    /// <summary>The program that runs now: after a tail call the one that it led to.</summary>
    public MachineProgram Running { get; set; } = null!;

    /// <summary>What <c>bpf_get_attach_cookie</c> returns.</summary>
    public ulong Cookie { get; set; }

    /// <summary>Where <c>bpf_redirect_map</c> sends the packet: a map and a key.</summary>
    public (MachineMap Map, uint Key)? Redirection { get; set; }

    /// <summary>The packet that the context describes; null where the context is the host's own.</summary>
    public PacketContext? PacketContext { get; set; }

    /// <summary>The CPU of the run; where no per-CPU value is at stake, the one that the thread happens to be on.</summary>
    public int Cpu => cpuHolder is null ? Thread.GetCurrentProcessorId() % Program.Machine.Cpus.Count : cpu;

    /// <summary>The address of the spin lock that the program holds; 0 for none.</summary>
    public ulong HeldLock { get; set; }

    /// <summary>What a helper of the host threw.</summary>
    public Exception? HelperException { get; set; }

    /// <summary>Set for traced runs.</summary>
    public StepObserver? Observer { get; set; }

    public MapsOfRun MapsOfRun => maps;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Processor Of(ExecutionState* state) => Unsafe.As<Processor>(GCHandle.FromIntPtr(state->Owner).Target!);

    /// <summary>The thread's processor; a fresh one where a helper of the host runs another program.</summary>
    public static Processor Take()
    {
        Processor processor = ofThread ??= new Processor();
        if (processor.isTaken)
            processor = new Processor();
        processor.isTaken = true;
        return processor;
    }

    public void GiveBack()
    {
        isTaken = false;
        if (roots.Count > 0)
            roots.Clear();
        Observer = null;
    }

    /// <summary>Sets everything of a run but its context, packet and arguments.</summary>
    public void Prepare(MachineProgram started, long budget)
    {
        ExecutionState* state = State;
        program = Running = started;
        if (loaded != started)
            Load(started);
        maps.Truncate(started.Maps.Length);
        mapsWithRegions = started.Maps.Length;
        state->RegionCount = ExecutionState.FirstMapRegion + started.Regions.Length;
        state->Budget = budget;
        state->Depth = 0;
        state->Fault = FaultKind.None;
        state->TailCallTarget = 0;
        state->TailCallsLeft = ExecutionState.MaxTailCalls;
        FaultProgram = null;
        HelperException = null;
        Redirection = null;
        state->FaultSlot = -1;
        Unsafe.InitBlockUnaligned(state->Registers, 0, 10 * sizeof(ulong));
        state->Registers[10] = state->StackTop;
        SetFrame(state, state->StackTop);
    }

    /// <summary>Lets the run reach the stack from the frame of a function on, for engines that are about to run it, or to go on with it.</summary>
    /// <param name="state">Of the run.</param>
    /// <param name="framePointer">The function's R10.</param>
    public static void SetFrame(ExecutionState* state, ulong framePointer)
    {
        ref MemoryRegion region = ref state->Regions[ExecutionState.StackRegion];
        region.Start = framePointer - ExecutionState.FrameSize;
        region.Length = state->StackTop - region.Start;
    }

    /// <summary>Sets the context and the packet of a run, which the caller keeps where they are, and R1 and R2.</summary>
    public void SetMemory(byte* context, int contextLength, byte* packet, int packetLength)
    {
        ExecutionState* state = State;
        state->Regions[ExecutionState.ContextRegion] = Memory(context, contextLength, RegionKind.Context);
        state->Regions[ExecutionState.PacketRegion] = Memory(packet, packetLength, RegionKind.Packet);
        state->Packet = packetLength == 0 ? context : packet;
        state->PacketLength = (ulong)(packetLength == 0 ? contextLength : packetLength);
        state->Registers[1] = (ulong)context;
        state->Registers[2] = (ulong)contextLength;
        PacketContext = null;

        static MemoryRegion Memory(byte* start, int length, RegionKind kind) =>
            new() { Start = (ulong)start, Length = (ulong)length, Access = RegionAccess.ReadWrite, Kind = kind };
    }

    /// <summary>Sets the packet of a run, with the context that describes it.</summary>
    public void SetPacket(Bytecode.ProgramType type, ReadOnlySpan<byte> packet)
    {
        packets ??= new PacketContext();
        packets.Set(this, type, packet);
        State->Registers[1] = State->Regions[ExecutionState.ContextRegion].Start;
    }

    /// <summary>Whether an argument is the program's context; if not, the fault is noted.</summary>
    public bool IsContext(ulong address)
    {
        if (address == State->Regions[ExecutionState.ContextRegion].Start)
            return true;
        RegionLookup.Refuse(State, FaultKind.BadArgument, address, 0);
        return false;
    }

    /// <summary>
    /// Goes on with another program: its maps are the run's from now on. The program stays alive until the run is over, though it may
    /// meanwhile be taken out of the map.
    /// </summary>
    public void Enter(MachineProgram entered)
    {
        roots.Add(entered);
        Running = entered;
        foreach (MachineMap map in entered.Maps)
            maps.Add(map);
    }

    /// <summary>Takes a CPU for the run.</summary>
    public void TakeCpu(CpuSlots slots)
    {
        if (cpuHolder is not null)
            return;
        cpu = slots.Take();
        cpuHolder = slots;
    }

    /// <summary>Gives back what the run took, however it ended.</summary>
    public void GiveUpWhatIsHeld()
    {
        if (HeldLock != 0)
            SpinLocks.Release(this);
        cpuHolder?.GiveBack(cpu);
        cpuHolder = null;
    }

    public string NameOfMap(int index) => maps[index].Name;

    /// <summary>Calls a function of the running program from a helper. After a fault the result has no meaning.</summary>
    /// <param name="callback">A handle of the function.</param>
    /// <param name="r1">The first argument.</param>
    /// <param name="r2">The second.</param>
    /// <param name="r3">The third.</param>
    /// <param name="r4">The fourth.</param>
    public ulong CallBack(ulong callback, ulong r1, ulong r2, ulong r3, ulong r4)
    {
        if (FunctionHandle.TryGetSlot(callback, out int slot) && Running.Executable.FunctionAt(slot) is not null)
            return Running.EngineOf(Observer).Call(State, slot, r1, r2, r3, r4);
        RegionLookup.Refuse(State, FaultKind.BadCall, callback, 0);
        return 0;
    }

    /// <summary>Memory for a key that a callback is shown, one for each depth of calls.</summary>
    public byte* TakeKeyMemory()
    {
        if (keyMemory == null)
            keyMemory = (byte*)NativeMemory.AllocZeroed(ExecutionState.MaxDepth * MaxKeySize);
        bool isKnown = false;
        for (int i = ExecutionState.FirstMapRegion; i < State->RegionCount; i++)
            isKnown |= State->Regions[i].Kind == RegionKind.MapKey;
        if (!isKnown)
        {
            AddRegionsOfNewMaps();
            Add(new MemoryRegion { Start = (ulong)keyMemory, Length = ExecutionState.MaxDepth * MaxKeySize, Access = RegionAccess.Read, Kind = RegionKind.MapKey });
        }
        return keyMemory + State->Depth * MaxKeySize;
    }

    /// <summary>The map that a handle in a register stands for; null, with the fault noted, when it stands for none.</summary>
    public MachineMap? MapOf(ulong handle)
    {
        if (MapHandle.TryGetId(handle, out int id) && maps.Find(id) is { } map)
            return map;
        RegionLookup.Refuse(State, FaultKind.BadArgument, handle, 0);
        return null;
    }

    /// <summary>A handle for a map that the program found in another.</summary>
    public ulong HandleOf(MachineMap inner)
    {
        maps.Add(inner);
        return MapHandle.Of(inner);
    }

    /// <summary>Adds the values of maps that came into the run since the last time; false when there is nothing to add.</summary>
    public bool AddRegionsOfNewMaps()
    {
        int before = State->RegionCount;
        for (; mapsWithRegions < maps.Count; mapsWithRegions++)
        {
            if (maps[mapsWithRegions].TryGetRegion(out MemoryRegion region))
                Add(region with { Map = mapsWithRegions });
        }
        return State->RegionCount > before;
    }

    /// <summary>Memory that a helper reads for the program; false, with the fault noted, when the program may not read it.</summary>
    public bool TryRead(ulong address, ulong length, out ReadOnlySpan<byte> memory)
    {
        bool isAllowed = IsAllowed(address, length, 0);
        memory = isAllowed ? new ReadOnlySpan<byte>((void*)address, (int)length) : default;
        return isAllowed;
    }

    /// <summary>Memory that a helper writes for the program; false, with the fault noted, when the program may not write it.</summary>
    public bool TryWrite(ulong address, ulong length, out Span<byte> memory)
    {
        bool isAllowed = IsAllowed(address, length, ExecutionState.WriteFlag);
        memory = isAllowed ? new Span<byte>((void*)address, (int)length) : default;
        return isAllowed;
    }

    private bool IsAllowed(ulong address, ulong length, uint direction)
    {
        if (length == 0)
            return true;
        if (length <= int.MaxValue)
            return RegionLookup.Find(State, address, (uint)length | direction) != null;
        RegionLookup.Refuse(State, FaultKind.BadArgument, length, 0);
        return false;
    }

    private void Load(MachineProgram started)
    {
        loaded = started;
        maps.Truncate(0);
        foreach (MachineMap map in started.Maps)
            maps.Add(map);
        State->RegionCount = ExecutionState.FirstMapRegion;
        foreach (MemoryRegion region in started.Regions)
            Add(region);
    }

    private void Add(in MemoryRegion region)
    {
        if (State->RegionCount == regionCapacity)
        {
            regionCapacity *= 2;
            State->Regions = (MemoryRegion*)NativeMemory.Realloc(State->Regions, (nuint)regionCapacity * MemoryRegion.Size);
        }
        State->Regions[State->RegionCount++] = region;
    }
}
