using System.Numerics;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>How a ring's memory is divided.</summary>
internal static class PacketRingShape
{
    // What the kernel puts before a packet, and before a block's first one; and the largest packet that offloading makes of many
    // (64 KiB and headers), beyond which a block for longer ones would stay empty.
    private const int Overhead = 256, LargestPacket = 68 * 1024, FewestBlocks = 2;

    /// <summary>Blocks that hold the largest packet wanted. With two the kernel fills one while the other is read.</summary>
    internal static PacketRingRequest For(PacketSocketOptions options)
    {
        int least = Math.Min(options.SnapLength, LargestPacket) + Overhead;
        uint blockSize = BitOperations.RoundUpToPowerOf2((uint)Math.Max(least, Environment.SystemPageSize));
        uint blockCount = (uint)Math.Max(FewestBlocks, (options.BufferSize + blockSize - 1) / blockSize);
        return new PacketRingRequest
        {
            BlockSize = blockSize,
            BlockCount = blockCount,
            FrameSize = blockSize,
            FrameCount = blockCount,
            RetireMilliseconds = (uint)Math.Clamp(options.BlockTimeout.TotalMilliseconds, 1, int.MaxValue),
        };
    }
}
