namespace Imker.Machine.Jit.Arm64;

internal sealed partial class Arm64Assembler
{
    private const uint BranchCode = 0x14000000, BranchLinkCode = 0x94000000, ConditionalCode = 0x54000000, AddressCode = 0x10000000;
    private const int ConditionalReach = 1 << 20;

    /// <summary>A branch, at most 128 MiB away. The returned position is for <see cref="Bind"/>.</summary>
    public int Branch(int target = 0) => EmitBranch(BranchCode, target);

    /// <summary>A call of code in the same buffer. The returned position is for <see cref="Bind"/>.</summary>
    public int BranchLink(int target = 0) => EmitBranch(BranchLinkCode, target);

    /// <summary>A conditional branch, at most 1 MiB away. The returned position is for <see cref="Bind"/>.</summary>
    public int BranchIf(Arm64Condition condition, int target = 0) => EmitBranch(ConditionalCode | (uint)condition, target);

    /// <summary>A branch where a register is zero, at most 1 MiB away. The returned position is for <see cref="Bind"/>.</summary>
    public int BranchIfZero(bool wide, Arm64Register register, int target = 0) =>
        EmitBranch(0x34000000 | Width(wide) | Rd(register), target);

    public int BranchIfNotZero(bool wide, Arm64Register register, int target = 0) =>
        EmitBranch(0x35000000 | Width(wide) | Rd(register), target);

    /// <summary>The address of a place in the same buffer, at most 1 MiB away. The returned position is for <see cref="Bind"/>.</summary>
    public int LoadAddress(Arm64Register dst, int target = 0) => EmitBranch(AddressCode | Rd(dst), target);

    public void BranchTo(Arm64Register target) => EmitWord(0xd61f0000 | Rn(target));

    public void BranchLinkTo(Arm64Register target) => EmitWord(0xd63f0000 | Rn(target));

    public void Return() => EmitWord(0xd65f0000 | Rn(Arm64Register.Link));

    /// <summary>Whether a conditional branch reaches from one position to the other.</summary>
    public static bool IsNear(int position, int target) => Math.Abs((long)target - position) < ConditionalReach;

    /// <summary>Lets the branch or address at <paramref name="position"/> lead to <paramref name="target"/>.</summary>
    /// <exception cref="InvalidOperationException">It does not reach so far.</exception>
    public void Bind(int position, int target)
    {
        uint word = (uint)ReadInt32(position);
        int distance = target - position;
        bool isLong = (word & 0x7c000000) == BranchCode;
        if (!isLong && !IsNear(position, target))
            throw new InvalidOperationException($"A conditional branch cannot reach over {distance} bytes.");
        uint words = (uint)(distance / WordSize);
        word = isLong ? word & 0xfc000000 | words & 0x03ffffff
            : (word & 0x9f000000) == AddressCode ? word & 0x9f00001f | ((uint)distance & 3) << 29 | words << 5 & 0x00ffffe0
            : word & 0xff00001f | words << 5 & 0x00ffffe0;
        WriteInt32(position, (int)word);
    }

    private int EmitBranch(uint opcode, int target)
    {
        int position = Position;
        EmitWord(opcode);
        Bind(position, target == 0 ? position : target);
        return position;
    }
}
