using System.Buffers.Binary;

namespace Imker.Bytecode.Classic;

internal sealed class LoadWordJumpEqualNode(MachineStep step, MachineNode yes, MachineNode no) : MachineNode
{
    private readonly uint offset = step.Offset, k = step.K;

    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length)
    {
        if (offset + 4L > packet.Length)
            return 0;
        uint value = BinaryPrimitives.ReadUInt32BigEndian(packet[(int)offset..]);
        return value == k ? yes.Run(packet, value, x, length) : no.Run(packet, value, x, length);
    }
}

internal sealed class LoadHalfJumpEqualNode(MachineStep step, MachineNode yes, MachineNode no) : MachineNode
{
    private readonly uint offset = step.Offset, k = step.K;

    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length)
    {
        if (offset + 2L > packet.Length)
            return 0;
        uint value = BinaryPrimitives.ReadUInt16BigEndian(packet[(int)offset..]);
        return value == k ? yes.Run(packet, value, x, length) : no.Run(packet, value, x, length);
    }
}

internal sealed class LoadByteJumpEqualNode(MachineStep step, MachineNode yes, MachineNode no) : MachineNode
{
    private readonly uint offset = step.Offset, k = step.K;

    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length)
    {
        if (offset >= (uint)packet.Length)
            return 0;
        uint value = packet[(int)offset];
        return value == k ? yes.Run(packet, value, x, length) : no.Run(packet, value, x, length);
    }
}

internal sealed class LoadHalfJumpSetNode(MachineStep step, MachineNode yes, MachineNode no) : MachineNode
{
    private readonly uint offset = step.Offset, k = step.K;

    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length)
    {
        if (offset + 2L > packet.Length)
            return 0;
        uint value = BinaryPrimitives.ReadUInt16BigEndian(packet[(int)offset..]);
        return (value & k) != 0 ? yes.Run(packet, value, x, length) : no.Run(packet, value, x, length);
    }
}

internal sealed class LoadByteJumpSetNode(MachineStep step, MachineNode yes, MachineNode no) : MachineNode
{
    private readonly uint offset = step.Offset, k = step.K;

    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length)
    {
        if (offset >= (uint)packet.Length)
            return 0;
        uint value = packet[(int)offset];
        return (value & k) != 0 ? yes.Run(packet, value, x, length) : no.Run(packet, value, x, length);
    }
}

/// <summary>What lies at a negative offset, only the whole machine knows.</summary>
internal sealed class LoadHalfIndirectJumpEqualNode(ClassicMachine machine, MachineStep step, MachineNode yes, MachineNode no) : MachineNode
{
    private readonly uint offset = step.Offset, k = step.K;

    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length)
    {
        uint start = x + offset;
        if ((int)start < 0)
            return machine.RunSteps(packet, length);
        if (start + 2L > packet.Length)
            return 0;
        uint value = BinaryPrimitives.ReadUInt16BigEndian(packet[(int)start..]);
        return value == k ? yes.Run(packet, value, x, length) : no.Run(packet, value, x, length);
    }
}
