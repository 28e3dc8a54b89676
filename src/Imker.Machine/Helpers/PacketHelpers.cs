namespace Imker.Machine;

/// <summary>The helpers that read and change packets.</summary>
internal static unsafe class PacketHelpers
{
    public static ulong LoadBytes(ulong context, ulong offset, ulong destination, ulong length, ulong r5, ExecutionState* state)
    {
        if (!Processor.Of(state).TryWrite(destination, length, out Span<byte> memory))
            return 0;
        if ((uint)offset + (ulong)memory.Length > state->PacketLength)
        {
            memory.Clear();
            return MapHelpers.Result(-Errno.BadAddress);
        }
        new ReadOnlySpan<byte>(state->Packet + (uint)offset, memory.Length).CopyTo(memory);
        return 0;
    }

    public static ulong AdjustHead(ulong context, ulong delta, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        Processor.Of(state) is { PacketContext: { } packet } processor ? MapHelpers.Result(packet.AdjustHead(processor, (int)delta)) : Refuse(context, state);

    public static ulong AdjustTail(ulong context, ulong delta, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        Processor.Of(state) is { PacketContext: { } packet } processor ? MapHelpers.Result(packet.AdjustTail(processor, (int)delta)) : Refuse(context, state);

    public static ulong AdjustMetadata(ulong context, ulong delta, ulong r3, ulong r4, ulong r5, ExecutionState* state) =>
        Processor.Of(state) is { PacketContext: { } packet } processor ? MapHelpers.Result(packet.AdjustMetadata(processor, (int)delta)) : Refuse(context, state);

    private static ulong Refuse(ulong context, ExecutionState* state)
    {
        RegionLookup.Refuse(state, FaultKind.BadArgument, context, 0);
        return 0;
    }
}
