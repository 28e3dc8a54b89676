using Imker.Bytecode;
using Imker.Bytecode.Classic;
using Imker.Compiler.Ir;

namespace Imker.Filter.Ebpf;

/// <summary>Loads bytes by <c>bpf_skb_load_bytes</c> into the frame: what socket filters may do.</summary>
internal sealed class HelperAccess(IrBuilder builder, IrValue context, IrBlock reject) : PacketAccess(builder, context, reject)
{
    private IrValue buffer = builder.Int64(0);

    public override void Start() => buffer = Builder.StackAllocate(8, 8, "bytes");

    public override IrValue Load(PacketPiece piece, IrValue? start, KnownPacket known)
    {
        IrValue error = Builder.Call(HelperId.SkbLoadBytes, IrType.I64, Context, Builder.Resize(IndexOf(piece, start), IrType.I64, isSigned: false),
            buffer, Builder.Int64(piece.Size));
        RejectIf(Builder.Compare(CompareOperator.NotEqual, error, 0));
        return Swap(Builder.Load(IrType.Integer(piece.Size), buffer));
    }

    public override IrValue Length() => Builder.Load(IrType.I32, Context, ContextLayout.BufferLength);
}
