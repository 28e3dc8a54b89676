using Imker.Bytecode.Classic;
using Imker.Compiler.Ir;

namespace Imker.Filter.Ebpf;

/// <summary>How a kind of program reaches the packet and its context.</summary>
internal abstract class PacketAccess(IrBuilder builder, IrValue context, IrBlock reject)
{
    protected IrBuilder Builder { get; } = builder;

    protected IrValue Context { get; } = context;

    /// <summary>Writes what the entry block begins with.</summary>
    public abstract void Start();

    /// <summary>The bytes, as a number of 32 bits; goes to the rejecting block where they are not there.</summary>
    /// <param name="piece">Which bytes.</param>
    /// <param name="start">The value of the piece's base; null without one.</param>
    /// <param name="known">Receives what has been checked.</param>
    public abstract IrValue Load(PacketPiece piece, IrValue? start, KnownPacket known);

    /// <summary>The packet's length, 32 bits.</summary>
    public abstract IrValue Length();

    /// <summary>Something that Linux knows of the packet; false where the context has no such field.</summary>
    public bool TryLoadField(AncillaryField field, ClassicTarget target, out IrValue value)
    {
        value = Builder.Int32(0);
        if (!ContextLayout.TryGet(field, target, out short? offset, out bool networkOrder))
            return false;
        value = Builder.Load(IrType.I32, Context, offset.Value);
        if (networkOrder)
            value = Swap(Builder.Convert(ConvertOperator.Truncate, IrType.I16, value));
        return true;
    }

    /// <summary>Goes on only where a condition does not hold; else the packet is rejected.</summary>
    public void RejectIf(IrValue condition)
    {
        IrBlock next = Builder.NewBlock("next");
        Builder.Branch(condition, reject, next, BranchHint.LikelyFalse);
        Builder.Seal(next);
        Builder.StartBlock(next);
    }

    /// <summary>For bytes that no packet has: what follows is never reached.</summary>
    protected IrValue Nothing()
    {
        Builder.Jump(reject);
        IrBlock unreached = Builder.NewBlock("unreached");
        Builder.Seal(unreached);
        Builder.StartBlock(unreached);
        return Builder.Int32(0);
    }

    protected IrValue Swap(IrValue value)
    {
        if (value.Type != IrType.I8)
            value = Builder.Convert(ConvertOperator.ByteSwap, value.Type, value);
        return Builder.Resize(value, IrType.I32, isSigned: false);
    }

    /// <summary>Start and offset in one number of 32 bits.</summary>
    protected IrValue IndexOf(PacketPiece piece, IrValue? start) =>
        start is null ? Builder.Int32(piece.Offset) : piece.Offset == 0 ? start : Builder.Add(start, Builder.Int32(piece.Offset));
}
