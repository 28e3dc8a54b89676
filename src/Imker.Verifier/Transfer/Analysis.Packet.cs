using Imker.Bytecode;
using Imker.Verifier.State;

namespace Imker.Verifier.Transfer;

internal sealed partial class Analysis
{
    private const int MaxPacketOffset = 0xffff;

    // Beyond the end, and at it: the marks that the kernel gives to the range of a compared pointer.
    private const int BeyondEnd = -1;
    private const int AtEnd = -2;

    private void AccessPacket(in RegisterState pointer, Register name, int offset, int size, bool isZeroAllowed)
    {
        ref readonly Domain.Interval range = ref pointer.Number.Whole;
        long at = (long)pointer.Offset + offset;
        if (range.SMin < 0)
            Fail(VerifierDiagnosticId.PacketRange, $"{Name(name)} min value is negative, either use unsigned index or do a if (index >=0) check: it is {pointer.Number}");
        bool isInside = at >= 0 && (size > 0 || size == 0 && isZeroAllowed) && at + size <= Math.Max(pointer.Range, 0);
        if (!isInside)
            Fail(VerifierDiagnosticId.PacketRange, pointer.Range <= 0
                ? $"{Name(name)} offset is outside of the packet: {size} bytes at offset {at} are accessed, but nothing proves that the packet has them; compare with data_end first"
                : $"{Name(name)} offset is outside of the packet: {size} bytes at offset {at} are accessed, but only {pointer.Range} bytes are proven to be there");
        if (range.UMax > MaxPacketOffset)
            Fail(VerifierDiagnosticId.PacketRange, $"{Name(name)} offset is outside of the packet: it may be up to {range.UMax}, the most is {MaxPacketOffset}");
    }

    /// <summary>Whether a comparison with the packet's end is decided by one that was made before.</summary>
    private static bool? DecidePacketEnd(JumpCondition condition, in RegisterState dst, in RegisterState src)
    {
        RegisterState packet = dst;
        if (dst.Kind == RegisterKind.PacketEnd)
        {
            packet = src;
            condition = Flip(condition);
        }
        if (packet.Range >= 0)
            return null;
        return condition switch
        {
            JumpCondition.LessOrEqual when packet.Range == BeyondEnd => false,
            JumpCondition.Greater when packet.Range == BeyondEnd => true,
            JumpCondition.Less when packet.Range is BeyondEnd or AtEnd => false,
            JumpCondition.GreaterOrEqual when packet.Range is BeyondEnd or AtEnd => true,
            _ => null,
        };
    }

    private static JumpCondition Flip(JumpCondition condition) => condition switch
    {
        JumpCondition.Less => JumpCondition.Greater,
        JumpCondition.LessOrEqual => JumpCondition.GreaterOrEqual,
        JumpCondition.Greater => JumpCondition.Less,
        JumpCondition.GreaterOrEqual => JumpCondition.LessOrEqual,
        _ => condition,
    };

    // Kernel: try_match_pkt_pointers. The other state is that of the branch that is taken.
    private void LearnPacketRange(in Instruction instruction, ProgramState other, in RegisterState dst, in RegisterState src)
    {
        bool isDirect = dst.Kind == RegisterKind.Packet && src.Kind == RegisterKind.PacketEnd || dst.Kind == RegisterKind.PacketMeta && IsStart(src);
        bool isReversed = dst.Kind == RegisterKind.PacketEnd && src.Kind == RegisterKind.Packet || IsStart(dst) && src.Kind == RegisterKind.PacketMeta;
        if (!isDirect && !isReversed)
            return;
        JumpCondition condition = isDirect ? instruction.Condition : Flip(instruction.Condition);
        RegisterState packet = isDirect ? dst : src;
        Register name = isDirect ? instruction.Dst : instruction.Src;
        switch (condition)
        {
            case JumpCondition.Greater:
                // pkt > end: on the other way all before pkt is there.
                FindGoodPacket(state, packet, isOpen: false);
                MarkEnd(other, name, isBeyond: true);
                break;
            case JumpCondition.Less:
                FindGoodPacket(other, packet, isOpen: true);
                MarkEnd(state, name, isBeyond: false);
                break;
            case JumpCondition.GreaterOrEqual:
                FindGoodPacket(state, packet, isOpen: true);
                MarkEnd(other, name, isBeyond: false);
                break;
            case JumpCondition.LessOrEqual:
                FindGoodPacket(other, packet, isOpen: false);
                MarkEnd(state, name, isBeyond: true);
                break;
        }
    }

    private static bool IsStart(in RegisterState register) => register is { Kind: RegisterKind.Packet, Offset: 0 } && register.Number.IsZero;

    private static void MarkEnd(ProgramState of, Register name, bool isBeyond)
    {
        ref RegisterState packet = ref of.Registers[(int)name];
        if (packet.Kind == RegisterKind.Packet)
            packet.Range = isBeyond ? BeyondEnd : AtEnd;
    }

    /// <summary>All packet pointers with the base of one that was found before the end have as many bytes (kernel: <c>find_good_pkt_pointers</c>).</summary>
    /// <param name="isOpen">The pointer is before the end, so one byte more is there.</param>
    private static void FindGoodPacket(ProgramState of, in RegisterState packet, bool isOpen)
    {
        // A pointer before the start, or one that may have wrapped, proves nothing.
        if (packet.Offset < 0 || packet.Offset == 0 && isOpen || packet.Number.Whole.UMax > MaxPacketOffset || packet.Number.Whole.UMax + (ulong)packet.Offset > MaxPacketOffset)
            return;
        int range = packet.Offset + (isOpen ? 1 : 0);
        for (int i = 0; i <= of.Current; i++)
        {
            FrameState frame = of.Frames[i];
            for (int r = 0; r < 10; r++)
                Widen(ref frame.Registers[r], packet, range);
            for (int s = 0; s < frame.Depth / FrameState.SlotSize; s++)
            {
                if (frame.IsWholeSpill(s))
                    Widen(ref frame.Spills[s], packet, range);
            }
        }
    }

    private static void Widen(ref RegisterState register, in RegisterState packet, int range)
    {
        if (register.Kind == packet.Kind && register.Id == packet.Id && register.Number.Known == packet.Number.Known)
            register.Range = Math.Max(register.Range, range);
    }

    /// <summary>After what may have moved the packet, pointers into it are numbers.</summary>
    private void ForgetPacket()
    {
        for (int i = 0; i <= state.Current; i++)
        {
            FrameState frame = state.Frames[i];
            for (int r = 0; r < 10; r++)
            {
                if (IsPacketPlace(frame.Registers[r]))
                    frame.Registers[r] = RegisterState.UnknownScalar;
            }
            for (int s = 0; s < frame.Depth / FrameState.SlotSize; s++)
            {
                if (frame.IsWholeSpill(s) && IsPacketPlace(frame.Spills[s]))
                    frame.Spills[s] = RegisterState.UnknownScalar;
            }
        }
    }

    private static bool IsPacketPlace(in RegisterState register) =>
        register.Kind is RegisterKind.Packet or RegisterKind.PacketMeta or RegisterKind.PacketEnd
        || register.Kind == RegisterKind.Memory && register.Has(PointerFlags.PacketSlice);
}
