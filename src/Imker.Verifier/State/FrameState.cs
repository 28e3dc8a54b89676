using Imker.Verifier.Code;

namespace Imker.Verifier.State;

/// <summary>One function's registers and stack.</summary>
internal sealed class FrameState
{
    public const int StackSize = 512;
    public const int SlotSize = 8;
    public const int RegisterCount = 11;

    public readonly RegisterState[] Registers = new RegisterState[RegisterCount];

    /// <summary>The kind of each byte; byte <c>i</c> lies at r10 − i − 1.</summary>
    public byte[] Bytes = [];

    /// <summary>The register that a slot of eight bytes holds; slot <c>i</c> starts at r10 − 8 (i + 1).</summary>
    public RegisterState[] Spills = [];

    /// <summary>What a dynptr, iterator or interrupt flag in a slot is.</summary>
    public SlotObject[] Objects = [];

    public Subprogram Function = null!;

    /// <summary>The slot of the call that led here; −1 in the entry function.</summary>
    public int CallSite;

    /// <summary>The bytes of stack that are in use, a multiple of eight.</summary>
    public int Depth;

    /// <summary>Called by a helper or kernel function, not by the program.</summary>
    public bool IsCallback;

    /// <summary>A callback that runs later, not before the helper returns.</summary>
    public bool IsAsync;

    /// <summary>How often the callback has been walked on this path.</summary>
    public int CallbackDepth;

    /// <summary>References that were held when the function was entered.</summary>
    public int ReferencesAtEntry;

    /// <summary>Whether the callback may return only 0 or 1.</summary>
    public long ReturnMin;
    public long ReturnMax;

    public bool HasReturnRange;

    public SlotKind this[int offset] => (SlotKind)Bytes[-offset - 1];

    public static int SlotOf(int offset) => (-offset - 1) / SlotSize;

    /// <summary>Makes the stack reach down to an offset from r10.</summary>
    public void Grow(int offset)
    {
        int needed = (-offset + SlotSize - 1) / SlotSize * SlotSize;
        Function.StackDepth = Math.Max(Function.StackDepth, needed);
        if (needed <= Depth)
            return;
        if (Bytes.Length < needed)
        {
            int capacity = Math.Max(needed, Math.Min(StackSize, Math.Max(64, 2 * Bytes.Length)));
            Array.Resize(ref Bytes, capacity);
            Array.Resize(ref Spills, capacity / SlotSize);
            Array.Resize(ref Objects, capacity / SlotSize);
        }
        // An array may be that of a state that was given back.
        Array.Clear(Bytes, Depth, needed - Depth);
        Array.Clear(Spills, Depth / SlotSize, (needed - Depth) / SlotSize);
        Array.Clear(Objects, Depth / SlotSize, (needed - Depth) / SlotSize);
        Depth = needed;
    }

    /// <summary>Whether the whole slot is a spilled register, and not only its lower half.</summary>
    public bool IsWholeSpill(int slot) => Bytes[slot * SlotSize] == (byte)SlotKind.Spill && Bytes[slot * SlotSize + SlotSize - 1] == (byte)SlotKind.Spill;

    /// <summary>Whether the slot's lower bytes are a spilled register.</summary>
    public bool IsSpill(int slot) => Bytes[slot * SlotSize + SlotSize - 1] == (byte)SlotKind.Spill;

    public void CopyFrom(FrameState other)
    {
        Array.Copy(other.Registers, Registers, RegisterCount);
        if (Bytes.Length < other.Depth)
        {
            Bytes = new byte[other.Bytes.Length];
            Spills = new RegisterState[other.Spills.Length];
            Objects = new SlotObject[other.Objects.Length];
        }
        Array.Copy(other.Bytes, Bytes, other.Depth);
        int slots = other.Depth / SlotSize;
        for (int i = 0; i < slots; i++)
        {
            if (other.IsSpill(i))
                Spills[i] = other.Spills[i];
        }
        Array.Copy(other.Objects, Objects, slots);
        Depth = other.Depth;
        Function = other.Function;
        CallSite = other.CallSite;
        IsCallback = other.IsCallback;
        IsAsync = other.IsAsync;
        CallbackDepth = other.CallbackDepth;
        ReferencesAtEntry = other.ReferencesAtEntry;
        (HasReturnRange, ReturnMin, ReturnMax) = (other.HasReturnRange, other.ReturnMin, other.ReturnMax);
    }
}
