using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

// Functions: those with a scalar, those that fill memory, and those that act.
internal sealed partial class ProbeLowering
{
    private const long FamilyInternet = 2;
    private const long FamilyInternet6 = 10;

    // BPF_F_USER_STACK
    private const long UserStackFlag = 1 << 8;

    private IrValue ScalarCall(BoundCall call)
    {
        IReadOnlyList<BoundExpression> arguments = call.Arguments;
        switch (call.Function)
        {
            case BuiltinFunction.KernelSymbol or BuiltinFunction.Strftime:
                return ir.Resize(Scalar(arguments[0]), IrType.I64, IsSigned(arguments[0].Type));
            case BuiltinFunction.KernelStack:
                return StackId((StackType)call.Type);
            case BuiltinFunction.Delete:
                return Delete((BoundMapElement)arguments[0]);
            case BuiltinFunction.HasKey:
                return HasKey((BoundMapElement)arguments[0]);
            case BuiltinFunction.Len:
                return Length(((BoundMap)arguments[0]).Map);
            case BuiltinFunction.Strncmp:
                return CompareFirst(arguments[0], arguments[1], checked((int)((BoundInteger)arguments[2]).Value));
            case BuiltinFunction.Strlen:
                return TextLength(arguments[0]);
            case BuiltinFunction.ByteSwap:
                IrValue value = Scalar(arguments[0]);
                return value.Type.Size == 1 ? value : ir.Convert(ConvertOperator.ByteSwap, value.Type, value);
            case BuiltinFunction.Register:
                return ReadRegister(checked((int)((BoundInteger)arguments[0]).Value));
            case BuiltinFunction.Signal:
                return ir.Call(HelperId.SendSignal, IrType.I64, ir.Resize(Scalar(arguments[0]), IrType.I64, isSigned: false));
            default:
                throw new ArgumentException($"'{call.Function}' does not give a number.", nameof(call));
        }
    }

    private void CallInto(BoundCall call, Place target, ScriptType type, bool isKey)
    {
        switch (call.Function)
        {
            case BuiltinFunction.Str:
                StringInto(call, target, type, isKey);
                break;
            case BuiltinFunction.Buf:
                BufferInto(call, target, (BufferType)type);
                break;
            case BuiltinFunction.UserSymbol:
                UserSymbolInto(ir.Resize(Scalar(call.Arguments[0]), IrType.I64, isSigned: false), target);
                break;
            case BuiltinFunction.KernelStack:
                ir.Store(target.Pointer, target.Offset, StackId((StackType)call.Type));
                break;
            case BuiltinFunction.UserStack:
                ir.Store(target.Pointer, target.Offset, StackId((StackType)call.Type));
                ir.Store(target.Pointer, target.Offset + 8, Extend(GlobalProcessId()));
                break;
            case BuiltinFunction.Ntop:
                InternetAddressInto(call, target);
                break;
            case BuiltinFunction.MacAddress:
                ReadInto(SourceOf(call.Arguments[0]), target, type.Size);
                break;
            default:
                throw new ArgumentException($"'{call.Function}' does not fill memory.", nameof(call));
        }
    }

    // An id, or a negative number where there is no stack (kernel threads have none of the user's).
    private IrValue StackId(StackType type) => ir.Call(HelperId.GetStackid, IrType.I64,
        context, ir.MapAddress(module.StackMap(type)), ir.Int64(type.IsUser ? UserStackFlag : 0));

    private void StringInto(BoundCall call, Place target, ScriptType type, bool isKey)
    {
        RemotePlace source = SourceOf(call.Arguments[0]);
        int capacity = Math.Min(type.Size, call.Type.Size);
        if (isKey && type.Size > capacity)
            ir.Zero(target.Pointer, target.Offset, type.Size, AlignmentAt(target, type.Size));
        IrValue limit = call.Arguments.Length > 1 ? Limited(call.Arguments[1], capacity, plus: 1) : ir.Int64(capacity);
        ReadString(source, target, limit, capacity, isKey);
    }

    /// <summary>A length from the script, no greater than what there is room for: a maximum that the verifier sees.</summary>
    private IrValue Limited(BoundExpression length, int maximum, int plus = 0)
    {
        if (length is BoundInteger constant)
            return ir.Int64(Math.Clamp(constant.Value + plus, 0, maximum));
        IrValue wanted = ir.Resize(Scalar(length), IrType.I64, IsSigned(length.Type));
        if (plus != 0)
            wanted = ir.Add(wanted, ir.Int64(plus));
        var limited = new IrVariable(IrType.I64, "length");
        IrBlock tooLong = ir.NewBlock("long"), next = ir.NewBlock("limited");
        ir.Write(limited, wanted);
        ir.Branch(ir.Compare(CompareOperator.GreaterUnsigned, wanted, maximum), tooLong, next);
        Begin(tooLong);
        ir.Write(limited, ir.Int64(maximum));
        ir.Jump(next);
        Begin(next);
        return ir.Read(limited);
    }

    // A 32-bit length, then the bytes; what is behind them is never looked at.
    private void BufferInto(BoundCall call, Place target, BufferType type)
    {
        RemotePlace source = SourceOf(call.Arguments[0]);
        IrValue length = Limited(call.Arguments[1], type.Capacity);
        IrValue read = ReadBytes(source, PointerTo(target.Plus(4)), length);
        ir.Store(target.Pointer, target.Offset, ir.Convert(ConvertOperator.Truncate, IrType.I32, read));
    }

    /// <summary>Reads so many bytes to a pointer; gives how many, 0 when they cannot be read.</summary>
    private IrValue ReadBytes(RemotePlace source, IrValue target, IrValue length)
    {
        HelperId helper = ReadHelper(source.Space);
        IrValue result = ir.Call(helper, IrType.I64, target, length, AddressOf(source));
        IrBlock failed = ir.NewBlock("unreadable"), next = ir.NewBlock("read");
        var read = new IrVariable(IrType.I64, "read");
        ir.Write(read, length);
        ir.Branch(ir.Compare(CompareOperator.NotEqual, result, 0), failed, next, BranchHint.LikelyFalse);
        Begin(failed);
        CountLoss(LossCause.HelperFailed, HelperName(helper));
        ir.Write(read, ir.Int64(0));
        ir.Jump(next);
        Begin(next);
        return ir.Read(read);
    }

    // ntop(address) and ntop(family, address): the address is a number of 4 bytes or an array of 4 or 16.
    private void InternetAddressInto(BoundCall call, Place target)
    {
        BoundExpression address = call.Arguments[^1];
        int size = address.Type.IsScalar ? 4 : address.Type.Size;
        IrValue family = call.Arguments.Length > 1
            ? ir.Resize(Scalar(call.Arguments[0]), IrType.I64, isSigned: false)
            : ir.Int64(size == 16 ? FamilyInternet6 : FamilyInternet);
        ir.Store(target.Pointer, target.Offset, family);
        Place bytes = target.Plus(8);
        ir.Zero(bytes.Pointer, bytes.Offset, 16);
        if (address.Type.IsScalar)
            ir.Store(bytes.Pointer, bytes.Offset, ir.Resize(Scalar(address), IrType.I32, isSigned: false));
        else if (TryLocal(address, out Place local))
            CopyBytes(local, bytes, Math.Min(size, 16));
        else
            RemoteInto(address, bytes, address.Type, isKey: false);
    }

    private static bool IsAction(BuiltinFunction function) => function is
        BuiltinFunction.Printf or BuiltinFunction.Errorf or BuiltinFunction.Warnf or BuiltinFunction.System or BuiltinFunction.Cat
        or BuiltinFunction.Time or BuiltinFunction.Join or BuiltinFunction.PrintMap or BuiltinFunction.PrintValue
        or BuiltinFunction.Clear or BuiltinFunction.Zero or BuiltinFunction.Exit;

    private void Action(BoundCall call)
    {
        switch (call.Function)
        {
            case BuiltinFunction.Printf:
                SendFormatted(call, PrintfTarget.Output);
                break;
            case BuiltinFunction.Errorf:
                SendFormatted(call, PrintfTarget.Error);
                break;
            case BuiltinFunction.Warnf:
                SendFormatted(call, PrintfTarget.Warning);
                break;
            case BuiltinFunction.System:
                SendFormatted(call, PrintfTarget.Command);
                break;
            case BuiltinFunction.Cat:
                SendFormatted(call, PrintfTarget.File);
                break;
            case BuiltinFunction.Time:
                Send(new TimeAction(((BoundText)call.Arguments[0]).Value), []);
                break;
            case BuiltinFunction.Join:
                SendJoined(call);
                break;
            case BuiltinFunction.PrintValue:
                Send(new PrintValueAction(), call.Arguments);
                break;
            case BuiltinFunction.PrintMap:
                PrintMap(call, clears: false);
                break;
            case BuiltinFunction.Clear:
                SendControl(new ClearMapAction(NameOfMap(call)));
                break;
            case BuiltinFunction.Zero:
                SendControl(new ZeroMapAction(NameOfMap(call)));
                break;
            default:
                SendControl(new ExitAction(), call.Arguments.IsEmpty ? null : call.Arguments[0]);
                ir.Jump(frame.Exit);
                break;
        }
    }

    private void PrintMap(BoundCall call, bool clears) =>
        SendControl(new PrintMapAction(NameOfMap(call), (int)ConstantAt(call, 1), ConstantAt(call, 2), clears));

    private static string NameOfMap(BoundCall call) => ((BoundMap)call.Arguments[0]).Map.Name;

    private static long ConstantAt(BoundCall call, int index) =>
        index < call.Arguments.Length ? ((BoundInteger)call.Arguments[index]).Value : 0;
}
