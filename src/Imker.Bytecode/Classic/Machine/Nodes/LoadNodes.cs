using System.Buffers.Binary;

namespace Imker.Bytecode.Classic;

internal sealed class LoadWordNode(uint offset, MachineNode next) : MachineNode
{
    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length) =>
        offset + 4L > packet.Length ? 0 : next.Run(packet, BinaryPrimitives.ReadUInt32BigEndian(packet[(int)offset..]), x, length);
}

internal sealed class LoadHalfNode(uint offset, MachineNode next) : MachineNode
{
    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length) =>
        offset + 2L > packet.Length ? 0 : next.Run(packet, BinaryPrimitives.ReadUInt16BigEndian(packet[(int)offset..]), x, length);
}

internal sealed class LoadByteNode(uint offset, MachineNode next) : MachineNode
{
    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length) =>
        offset >= (uint)packet.Length ? 0 : next.Run(packet, packet[(int)offset], x, length);
}

/// <summary>What lies at a negative offset, only the whole machine knows.</summary>
internal sealed class LoadIndirectNode(ClassicMachine machine, uint offset, int size, MachineNode next) : MachineNode
{
    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length)
    {
        uint start = x + offset;
        if ((int)start < 0)
            return machine.RunSteps(packet, length);
        if (start + (long)size > packet.Length)
            return 0;
        ReadOnlySpan<byte> bytes = packet[(int)start..];
        uint value = size switch
        {
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            _ => bytes[0],
        };
        return next.Run(packet, value, x, length);
    }
}

/// <summary><c>ldxb 4*([k]&amp;0xf)</c></summary>
internal sealed class LoadHeaderLengthNode(uint offset, MachineNode next) : MachineNode
{
    internal override uint Run(ReadOnlySpan<byte> packet, uint a, uint x, uint length) =>
        offset >= (uint)packet.Length ? 0 : next.Run(packet, a, (packet[(int)offset] & 0xfu) << 2, length);
}
