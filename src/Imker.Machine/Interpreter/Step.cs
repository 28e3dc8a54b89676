using System.Runtime.InteropServices;

namespace Imker.Machine;

/// <summary>An instruction as the interpreter runs it: one for each slot, sixteen bytes.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct Step
{
    public StepCode Code;
    public byte Dst;
    public byte Src;

    /// <summary>Of memory: bytes. Of a jump or a local call: steps from this one to its target.</summary>
    public int Offset;

    /// <summary>The immediate, all 64 bits of it; of a helper call the address of its managed entry.</summary>
    public long Constant;
}
