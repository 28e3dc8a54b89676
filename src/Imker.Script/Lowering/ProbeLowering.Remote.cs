using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

// Memory of the kernel and of processes, and the context.
internal sealed partial class ProbeLowering
{
    private Registers registers => Registers.Of(module.Facts.Architecture);

    private IrValue ReadRegister(int offset) => ir.Load(IrType.I64, context, offset);

    private IrValue ReadArgument(int index) => probe.Kind == ProbeKind.RawTracepoint
        ? ir.Load(IrType.I64, context, 8 * index)
        : ReadRegister(registers.Arguments[index]);

    private AddressSpace SpaceOf(ScriptType type) =>
        type is PointerType { Space: not AddressSpace.Unknown } pointer ? pointer.Space : probe.DefaultSpace;

    /// <summary>Where an address points to, or where a value in foreign memory stands.</summary>
    private RemotePlace SourceOf(BoundExpression expression) => expression.Type.IsScalar
        ? new RemotePlace(Scalar(expression), 0, SpaceOf(expression.Type))
        : RemoteOf(expression);

    /// <summary>Where the value of an expression stands in memory that is not the program's own.</summary>
    private RemotePlace RemoteOf(BoundExpression expression)
    {
        switch (expression)
        {
            case BoundTracepointField { Field: var field }:
                return FieldData(field);
            case BoundField field:
                return SourceOf(field.Base).Plus(field.Field.Offset);
            case BoundDereference dereference:
                return SourceOf(dereference.Pointer);
            case BoundIndex index:
                return ElementOf(index);
            default:
                // A value in the program's own memory, such as a variable, is kernel memory to the helpers.
                return new RemotePlace(PointerTo(Memory(expression)), 0, AddressSpace.Kernel);
        }
    }

    private RemotePlace ElementOf(BoundIndex index)
    {
        RemotePlace start = SourceOf(index.Base);
        int size = Math.Max(1, index.Type.Size);
        if (index.Index is BoundInteger constant)
            return start.Plus(constant.Value * size);
        IrValue distance = ir.Binary(BinaryOperator.Multiply, Scalar(index.Index), ir.Int64(size));
        return start with { Address = Advance(start.Address, distance) };
    }

    private IrValue Advance(IrValue address, IrValue distance) =>
        address.Type.IsPointer ? ir.Offset(address, distance) : ir.Add(address, distance);

    private RemotePlace FieldData(TracepointField field)
    {
        if (field.Location == DataLocation.Inline)
            return new RemotePlace(context, field.Offset, AddressSpace.Kernel);
        IrValue location = ir.Load(IrType.I32, context, field.Offset);
        IrValue distance = Extend(ir.And(location, 0xffff));
        int start = field.Location == DataLocation.FromField ? field.Offset + field.Size : 0;
        return new RemotePlace(ir.Offset(context, distance), start, AddressSpace.Kernel);
    }

    private IrValue AddressOf(RemotePlace place)
    {
        if (place.Offset == 0)
            return place.Address;
        return Advance(place.Address, ir.Int64(place.Offset));
    }

    // The helpers without a space in their names go by the address, which on both architectures lies in one space or the other.
    private static HelperId ReadHelper(AddressSpace space) => space switch
    {
        AddressSpace.User => HelperId.ProbeReadUser,
        AddressSpace.Kernel => HelperId.ProbeReadKernel,
        _ => HelperId.ProbeRead,
    };

    private static HelperId ReadStringHelper(AddressSpace space) => space switch
    {
        AddressSpace.User => HelperId.ProbeReadUserStr,
        AddressSpace.Kernel => HelperId.ProbeReadKernelStr,
        _ => HelperId.ProbeReadStr,
    };

    /// <summary>An integer or pointer in memory.</summary>
    private IrValue ReadRemoteScalar(BoundExpression expression)
    {
        StructField? bits = expression is BoundField { Field: { BitSize: > 0 } field } ? field : null;
        IrValue value = LoadRemote(expression);
        return bits is null ? value : ExtractBits(value, bits);
    }

    private IrValue LoadRemote(BoundExpression expression)
    {
        if (TryLocal(expression, out Place local))
            return LoadScalar(local, expression.Type);
        RemotePlace place = RemoteOf(expression);
        IrType type = IrTypeOf(expression.Type);
        // The context may be loaded from directly, at constant offsets that are multiples of the size.
        if (ReferenceEquals(place.Address, context) && place.Offset % type.Size == 0)
            return ir.Load(type, context, checked((int)place.Offset));
        Place temporary = Allocate(8, 8, "read");
        ReadInto(place, temporary, type.Size);
        return ir.Load(type, temporary.Pointer, temporary.Offset);
    }

    private IrValue ExtractBits(IrValue value, StructField field)
    {
        IrValue wide = ir.Resize(value, IrType.I64, isSigned: false);
        IrValue left = ir.ShiftLeft(wide, 64 - field.BitOffset - field.BitSize);
        BinaryOperator shift = IsSigned(field.Type) ? BinaryOperator.ShiftRightSigned : BinaryOperator.ShiftRightUnsigned;
        return ir.Resize(ir.Binary(shift, left, ir.Int64(64 - field.BitSize)), IrTypeOf(field.Type), isSigned: false);
    }

    /// <summary>Reads so many bytes; the kernel fills the target with zeros when it cannot.</summary>
    private void ReadInto(RemotePlace source, Place target, int size)
    {
        HelperId helper = ReadHelper(source.Space);
        IrValue result = ir.Call(helper, IrType.I64, PointerTo(target), ir.Int64(size), AddressOf(source));
        CountLossIf(ir.Compare(CompareOperator.NotEqual, result, 0), LossCause.HelperFailed, HelperName(helper));
    }

    private void RemoteInto(BoundExpression expression, Place target, ScriptType type, bool isKey)
    {
        RemotePlace source = RemoteOf(expression);
        if (type is StringType text)
        {
            if (expression is BoundTracepointField { Field.Location: not DataLocation.Inline } || text.Capacity != expression.Type.Size)
                ReadString(source, target, text.Capacity, isKey);
            else
                ReadCharArray(source, target, text.Capacity);
            return;
        }
        ReadInto(source, target, type.Size);
    }

    // An array of characters of known size, such as comm: whole words of the context need no helper.
    private void ReadCharArray(RemotePlace source, Place target, int size)
    {
        if (ReferenceEquals(source.Address, context) && source.Offset % 8 == 0 && size % 8 == 0 && target.Offset % 8 == 0)
            ir.Copy(target.Pointer, target.Offset, context, (int)source.Offset, size);
        else
            ReadInto(source, target, size);
    }

    /// <summary>Reads a text with its NUL; when that fails the target is an empty text.</summary>
    private void ReadString(RemotePlace source, Place target, int capacity, bool isKey) =>
        ReadString(source, target, ir.Int64(capacity), capacity, isKey);

    private void ReadString(RemotePlace source, Place target, IrValue limit, int capacity, bool isKey)
    {
        if (isKey || capacity <= PaddedStringSize)
            ir.Zero(target.Pointer, target.Offset, capacity, AlignmentAt(target, capacity));
        ReadStringBytes(source, PointerTo(target), limit, null, out IrBlock next);
        ir.Store(target.Pointer, target.Offset, ir.Constant(IrType.I8, 0));
        ir.Jump(next);
        Begin(next);
    }

    /// <summary>
    /// Reads a text to a pointer; the variable, if there is one, gets the bytes read. What is written next is the failing path,
    /// with the loss counted; it must jump to <paramref name="next"/>, where the length is known not to be negative.
    /// </summary>
    private void ReadStringBytes(RemotePlace source, IrValue target, IrValue limit, IrVariable? result, out IrBlock next)
    {
        HelperId helper = ReadStringHelper(source.Space);
        IrValue length = ir.Call(helper, IrType.I64, target, limit, AddressOf(source));
        IrBlock failed = ir.NewBlock("unreadable");
        next = ir.NewBlock("read");
        if (result is not null)
            ir.Write(result, length);
        ir.Branch(ir.Compare(CompareOperator.LessSigned, length, 0), failed, next, BranchHint.LikelyFalse);
        Begin(failed);
        CountLoss(LossCause.HelperFailed, HelperName(helper));
    }

    private static string HelperName(HelperId helper) => HelperTable.Get(helper).Name;
}
