using Imker.Bytecode;
using Imker.Bytecode.Classic;
using Imker.Compiler.Ir;
using Imker.Diagnostics;

namespace Imker.Filter.Ebpf;

internal sealed partial class FilterLowering
{
    private IrValue A
    {
        get => builder.Read(accumulator);
        set => builder.Write(accumulator, value);
    }

    private IrValue X
    {
        get => builder.Read(index);
        set
        {
            builder.Write(index, value);
            known.IndexHeader = null;
        }
    }

    private void Lower(FilterStatement statement)
    {
        switch (statement.Code)
        {
            case ClassicOpcode.LoadAbsoluteWord or ClassicOpcode.LoadAbsoluteHalf or ClassicOpcode.LoadAbsoluteByte:
                A = ClassicOffset.TryGetField(statement.K, out AncillaryField field)
                    ? LoadField(field) : Load(new PacketPiece(PieceBase.None, statement.K, SizeOf(statement.Code)), null);
                break;
            case ClassicOpcode.LoadIndirectWord or ClassicOpcode.LoadIndirectHalf or ClassicOpcode.LoadIndirectByte:
                A = LoadIndirect(statement);
                break;
            case ClassicOpcode.LoadIndexHeaderLength:
                X = LoadHeaderLength(statement.K);
                known.IndexHeader = statement.K;
                break;
            case ClassicOpcode.LoadImmediate: A = builder.Int32(statement.K); break;
            case ClassicOpcode.LoadIndexImmediate: X = builder.Int32(statement.K); break;
            case ClassicOpcode.LoadLength: A = access.Length(); break;
            case ClassicOpcode.LoadIndexLength: X = access.Length(); break;
            case ClassicOpcode.LoadCell: A = builder.Read(CellOf(statement.K)); break;
            case ClassicOpcode.LoadIndexCell: X = builder.Read(CellOf(statement.K)); break;
            case ClassicOpcode.Store: builder.Write(CellOf(statement.K), A); break;
            case ClassicOpcode.StoreIndex: builder.Write(CellOf(statement.K), X); break;
            case ClassicOpcode.IndexFromAccumulator: X = A; break;
            case ClassicOpcode.AccumulatorFromIndex: A = X; break;
            case ClassicOpcode.Negate: A = builder.Subtract(builder.Int32(0), A); break;
            default: A = Compute(statement); break;
        }
    }

    private IrVariable CellOf(uint number)
    {
        if (!cells.TryGetValue(number, out IrVariable? cell))
            cells.Add(number, cell = new IrVariable(IrType.I32, $"m{number}"));
        return cell;
    }

    private IrValue Compute(FilterStatement statement)
    {
        IrValue operand = OperandOf(statement);
        var operation = (ushort)(statement.Code & ~ClassicOpcode.IndexSource);
        if (operation is ClassicOpcode.Div or ClassicOpcode.Mod && operand is not IrConstant { Value: not 0 })
            access.RejectIf(builder.Compare(CompareOperator.Equal, operand, 0));
        return builder.Binary(OperatorOf(operation), A, operand);
    }

    private IrValue OperandOf(FilterStatement statement) => (statement.Code & ClassicOpcode.IndexSource) != 0 ? X : builder.Int32(statement.K);

    private static BinaryOperator OperatorOf(ushort operation) => operation switch
    {
        ClassicOpcode.Add => BinaryOperator.Add,
        ClassicOpcode.Sub => BinaryOperator.Subtract,
        ClassicOpcode.Mul => BinaryOperator.Multiply,
        ClassicOpcode.Div => BinaryOperator.DivideUnsigned,
        ClassicOpcode.Mod => BinaryOperator.ModuloUnsigned,
        ClassicOpcode.Or => BinaryOperator.Or,
        ClassicOpcode.And => BinaryOperator.And,
        ClassicOpcode.Xor => BinaryOperator.Xor,
        ClassicOpcode.ShiftLeft => BinaryOperator.ShiftLeft,
        ClassicOpcode.ShiftRight => BinaryOperator.ShiftRightUnsigned,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation."),
    };

    private IrValue Test(FilterStatement condition)
    {
        IrValue operand = OperandOf(condition);
        return (condition.Code & ~ClassicOpcode.IndexSource) switch
        {
            ClassicOpcode.JumpEqual => builder.Compare(CompareOperator.Equal, A, operand),
            ClassicOpcode.JumpGreater => builder.Compare(CompareOperator.GreaterUnsigned, A, operand),
            ClassicOpcode.JumpGreaterOrEqual => builder.Compare(CompareOperator.GreaterOrEqualUnsigned, A, operand),
            _ => builder.Compare(CompareOperator.NotEqual, builder.Binary(BinaryOperator.And, A, operand), 0),
        };
    }

    private IrValue LoadField(AncillaryField field)
    {
        switch (field)
        {
            case AncillaryField.XorIndex:
                return builder.Binary(BinaryOperator.Xor, A, X);
            case AncillaryField.Cpu:
                return builder.Call(HelperId.GetSmpProcessorId, IrType.I32);
            case AncillaryField.Random:
                return builder.Call(HelperId.GetPrandomU32, IrType.I32);
            default:
                ClassicTarget context = options.Target == FilterTarget.Xdp ? ClassicTarget.Xdp : ClassicTarget.SocketBuffer;
                if (!access.TryLoadField(field, context, out IrValue value))
                {
                    diagnostics.Error(ExtendedFilterId.UnknownField, SourceSpan.None,
                        $"cannot compile the filter: it asks for the packet's {NameOf(field)}, which a program of the type {TypeOf(options.Target)} cannot know",
                        "attach it to a socket, or leave the condition out");
                }
                return value;
        }
    }

    private static string NameOf(AncillaryField field) => field switch
    {
        AncillaryField.PacketType => "direction",
        AncillaryField.VlanTag or AncillaryField.VlanTagPresent or AncillaryField.VlanProtocol => "VLAN tag that was taken off",
        AncillaryField.HardwareType => "hardware type",
        _ => field.ToString().ToLowerInvariant(),
    };
}
