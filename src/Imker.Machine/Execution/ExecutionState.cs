using System.Runtime.InteropServices;

namespace Imker.Machine;

/// <summary>
/// What one run knows, in native memory: the same structure for the interpreter, generated code and helpers. The offsets are part of
/// the contract, because generated code uses them.
/// </summary>
/// <remarks>
/// <para><b>Registers.</b> R1 to R5 are handed to an engine in <see cref="Registers"/>; R10 is <see cref="StackTop"/> minus
/// <see cref="FrameSize"/> times the depth of the frame, the main program's being 0. An engine keeps registers where it likes and writes
/// them back when it reports a fault.</para>
/// <para><b>Stack.</b> <see cref="MaxDepth"/> frames of <see cref="FrameSize"/> bytes below <see cref="StackTop"/>, the main program's
/// the highest. Region 0 begins with the frame that runs and ends with the main program's: what deeper frames left is nobody's. A frame of a program that was not verified is all zeros when its function
/// starts.</para>
/// <para><b>Memory.</b> <see cref="Regions"/> holds <see cref="RegionCount"/> regions; the first three are the stack, the context and the
/// packet. An access that none of them allows is given to <see cref="FindRegion"/>, which may add a region (the values of an inner map,
/// the records of a ring) and move the table, or reports the fault: it returns 1 or 0.</para>
/// <para><b>Budget.</b> <see cref="Budget"/> counts slots. A taken jump from slot <c>s</c> to a slot <c>t &lt;= s</c> costs <c>s - t + 1</c>; a
/// local call, a call of a callback and a tail call cost the slots of the function or program that they enter. What makes it negative is
/// a fault at that instruction, before it has any effect. So no run executes more slots than its budget and its program's length.
/// <c>may_goto</c> has a count of its own for each frame, <see cref="MayGotoIterations"/>.</para>
/// <para><b>Helpers</b> get R1 to R5 and this structure and return R0; see <see cref="MachineHelper"/>. After each of them
/// <see cref="Fault"/> is asked, in every mode. In programs that were not verified R1 to R5 are zero after a helper, so that every engine
/// gives the same result; local calls leave them as the callee did. R0 and R2 to R9 are zero when such a program starts, but R2 where the
/// caller gives a length.</para>
/// <para><b>Faults.</b> Whoever finds one sets <see cref="Fault"/>, <see cref="FaultAddress"/> and <see cref="FaultSize"/>; the engine adds
/// <see cref="FaultSlot"/>, which is negative until then, and the registers, and returns: a callback that faulted comes before the helper
/// that called it. Nothing is undone.</para>
/// <para><b>Tail calls.</b> The interpreter goes on with the other program itself. Generated code calls the helper, which runs the other
/// program and sets <see cref="TailCallTarget"/>; then the function returns what that returned.</para>
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal unsafe struct ExecutionState
{
    public const int Size = 256;
    public const int FrameSize = 512;
    public const int MaxDepth = 8;
    public const int MaxTailCalls = 33;

    /// <summary>How often the <c>may_goto</c>s of a frame fall through together (kernel: <c>BPF_MAX_LOOPS</c>).</summary>
    public const int MayGotoIterations = 8 * 1024 * 1024;

    public const int RegistersOffset = 0;
    public const int BudgetOffset = 88;
    public const int RegionsOffset = 96;
    public const int RegionCountOffset = 104;
    public const int DepthOffset = 108;
    public const int FaultOffset = 112;
    public const int FaultSlotOffset = 116;
    public const int FaultAddressOffset = 120;
    public const int FaultSizeOffset = 128;
    public const int HelperNumberOffset = 132;
    public const int StackTopOffset = 136;
    public const int FindRegionOffset = 144;
    public const int TailCallTargetOffset = 152;
    public const int OwnerOffset = 160;
    public const int PacketOffset = 168;
    public const int PacketLengthOffset = 176;

    public const int StackPointerOffset = 208;
    public const int RememberedOffset = 216;

    /// <summary>How many sites of checked code have a place to remember their region in.</summary>
    public const int RememberedRegions = 10;

    public const int StackRegion = 0;
    public const int ContextRegion = 1;
    public const int PacketRegion = 2;
    public const int FirstMapRegion = 3;

    /// <summary>R0 to R10: the arguments at the start, all of them at a fault.</summary>
    [FieldOffset(RegistersOffset)]
    public fixed ulong Registers[11];

    /// <summary>Slots that may still run.</summary>
    [FieldOffset(BudgetOffset)]
    public long Budget;

    [FieldOffset(RegionsOffset)]
    public MemoryRegion* Regions;

    [FieldOffset(RegionCountOffset)]
    public int RegionCount;

    /// <summary>The frame that runs, 0 for the main program's; a helper that calls back adds one.</summary>
    [FieldOffset(DepthOffset)]
    public int Depth;

    /// <summary><see cref="FaultKind.None"/> while all is well.</summary>
    [FieldOffset(FaultOffset)]
    public FaultKind Fault;

    [FieldOffset(FaultSlotOffset)]
    public int FaultSlot;

    [FieldOffset(FaultAddressOffset)]
    public ulong FaultAddress;

    /// <summary>The bytes of the access, with <see cref="WriteFlag"/> if it was a write.</summary>
    [FieldOffset(FaultSizeOffset)]
    public uint FaultSize;

    /// <summary>The number of the helper about to be called; set before those whose <see cref="MachineHelper.NeedsNumber"/> is true.</summary>
    [FieldOffset(HelperNumberOffset)]
    public int HelperNumber;

    /// <summary>The address behind the main program's frame, which is its R10.</summary>
    [FieldOffset(StackTopOffset)]
    public ulong StackTop;

    /// <summary>The slow path of an access: state, address, and size with <see cref="WriteFlag"/>. 1 when it is allowed.</summary>
    [FieldOffset(FindRegionOffset)]
    public delegate* unmanaged[Cdecl]<ExecutionState*, ulong, uint, uint> FindRegion;

    /// <summary>Not null after a tail call that succeeded, until generated code has seen it.</summary>
    [FieldOffset(TailCallTargetOffset)]
    public nint TailCallTarget;

    /// <summary>A handle of the managed <see cref="Processor"/> that this belongs to.</summary>
    [FieldOffset(OwnerOffset)]
    public nint Owner;

    /// <summary>The packet that <c>LD ABS</c> and <c>LD IND</c> read; what lies outside of it ends the program with R0 = 0.</summary>
    [FieldOffset(PacketOffset)]
    public byte* Packet;

    [FieldOffset(PacketLengthOffset)]
    public ulong PacketLength;

    /// <summary>Marks the size of an access that writes.</summary>
    public const uint WriteFlag = 1u << 31;

    /// <summary>Tail calls that may still be made.</summary>
    [FieldOffset(184)]
    public int TailCallsLeft;

    /// <summary>What the interpreter keeps of callers, a frame for each depth.</summary>
    [FieldOffset(192)]
    public SavedFrame* Frames;

    /// <summary>The epoch that this run has entered; 0 outside of runs. See <see cref="ReclamationEpoch"/>.</summary>
    [FieldOffset(200)]
    public long Epoch;

    /// <summary>Generated code's own: where its stack pointer goes back to when a run is left.</summary>
    [FieldOffset(StackPointerOffset)]
    public ulong StackPointer;

    /// <summary>Generated code's own: distances in the region table, where its checks found their addresses last.</summary>
    [FieldOffset(RememberedOffset)]
    public fixed int Remembered[RememberedRegions];
}
