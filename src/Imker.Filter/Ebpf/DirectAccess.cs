using Imker.Bytecode.Classic;
using Imker.Compiler.Ir;

namespace Imker.Filter.Ebpf;

/// <summary>Reads bytes through pointers, each stretch of the packet checked against its end once.</summary>
internal sealed class DirectAccess(IrBuilder builder, IrValue context, IrBlock reject, bool isXdp) : PacketAccess(builder, context, reject)
{
    // The verifier follows packet pointers no further (MAX_PACKET_OFF).
    private const long MaxOffset = 0xffff;

    private IrValue data = builder.Int64(0), end = builder.Int64(0);

    public override void Start()
    {
        data = Builder.Load(IrType.Pointer(Provenance.Packet), Context, isXdp ? ContextLayout.XdpData : ContextLayout.BufferData);
        end = Builder.Load(IrType.Pointer(Provenance.PacketEnd), Context, isXdp ? ContextLayout.XdpDataEnd : ContextLayout.BufferDataEnd);
    }

    public override IrValue Load(PacketPiece piece, IrValue? start, KnownPacket known)
    {
        IrType type = IrType.Integer(piece.Size);
        if (start is null)
        {
            long needed = piece.Offset + (long)piece.Size;
            if (needed > MaxOffset)
                return Nothing();
            EnsureConstant(needed, known);
            return Swap(Builder.Load(type, data, (int)piece.Offset));
        }
        if (VisibleBound.Of(start) is { } bound && bound + piece.Offset + piece.Size <= MaxOffset)
            return Swap(Builder.Load(type, EnsureFrom(start, needed: piece.Offset + (long)piece.Size, known), (int)piece.Offset));
        IrValue pointer = MoveBy(IndexOf(piece, start), MaxOffset - piece.Size);
        Check(pointer, piece.Size);
        return Swap(Builder.Load(type, pointer));
    }

    public override IrValue Length()
    {
        if (!isXdp)
            return Builder.Load(IrType.I32, Context, ContextLayout.BufferLength);
        IrValue length = Builder.Subtract(ToInteger(end), ToInteger(data));
        return Builder.Resize(length, IrType.I32, isSigned: false);
    }

    private IrValue ToInteger(IrValue pointer) => Builder.Convert(ConvertOperator.PointerToInteger, IrType.I64, pointer);

    private void EnsureConstant(long needed, KnownPacket known)
    {
        if (needed <= known.Checked)
            return;
        Check(data, needed);
        known.Checked = needed;
    }

    // A pointer that an index of few bits was added to serves all constant offsets behind it.
    private IrValue EnsureFrom(IrValue start, long needed, KnownPacket known)
    {
        if (!known.Moved.TryGetValue(start, out (IrValue Pointer, long Checked) moved))
            moved = (Builder.Offset(data, Builder.Resize(start, IrType.I64, isSigned: false)), 0);
        if (moved.Checked < needed)
        {
            Check(moved.Pointer, needed);
            moved.Checked = needed;
        }
        known.Moved[start] = moved;
        return moved.Pointer;
    }

    private IrValue MoveBy(IrValue index, long most)
    {
        IrValue distance = Builder.Resize(index, IrType.I64, isSigned: false);
        RejectIf(Builder.Compare(CompareOperator.GreaterUnsigned, distance, most));
        return Builder.Offset(data, distance);
    }

    private void Check(IrValue pointer, long bytes) =>
        RejectIf(Builder.Compare(CompareOperator.GreaterUnsigned, Builder.Offset(pointer, bytes), end));
}
