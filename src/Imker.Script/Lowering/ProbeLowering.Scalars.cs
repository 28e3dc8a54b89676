using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Lowering;

internal sealed partial class ProbeLowering
{
    /// <summary>The value of an expression that fits a register.</summary>
    private IrValue Scalar(BoundExpression expression)
    {
        ir.Span = expression.Span;
        switch (expression)
        {
            case BoundInteger integer:
                return ir.Constant(IrTypeOf(integer.Type), integer.Value);
            case BoundBuiltin builtin:
                return Builtin(builtin);
            case BoundVariable variable:
                return ReadVariable(variable.Variable);
            case BoundMapElement element:
                return ReadMap(element);
            case BoundUnary unary:
                return Unary(unary);
            case BoundBinary binary:
                return Binary(binary);
            case BoundTernary ternary:
                return Ternary(ternary);
            case BoundConversion conversion:
                return Convert(conversion);
            case BoundIncrement increment:
                return Increment(increment);
            case BoundCall call:
                return ScalarCall(call);
            case BoundTupleElement element:
                return LoadScalar(TupleElementPlace(element), element.Type);
            case BoundTracepointField or BoundField or BoundDereference or BoundIndex:
                return ReadRemoteScalar(expression);
            default:
                throw new ArgumentException($"There is no lowering for {expression.GetType().Name}.", nameof(expression));
        }
    }

    private IrValue ReadVariable(VariableSymbol variable)
    {
        VariableStorage storage = StorageOf(variable);
        return storage.Register is { } register ? ir.Read(register) : LoadScalar(storage.Memory, variable.Type);
    }

    private IrValue LoadScalar(Place place, ScriptType type) => ir.Load(IrTypeOf(type), place.Pointer, place.Offset);

    private IrValue Unary(BoundUnary unary)
    {
        if (unary.Operator == UnaryOperator.Not)
        {
            IrValue operand = Scalar(unary.Operand);
            return ir.Compare(CompareOperator.Equal, operand, 0);
        }
        IrValue value = Scalar(unary.Operand);
        return unary.Operator == UnaryOperator.Negate
            ? ir.Subtract(ir.Constant(value.Type, 0), value)
            : ir.Binary(BinaryOperator.Xor, value, ir.Constant(value.Type, -1));
    }

    private IrValue Binary(BoundBinary binary)
    {
        if (binary.Operation is BinaryOperation.LogicalAnd or BinaryOperation.LogicalOr || !binary.Left.Type.IsScalar)
            return ConditionValue(binary);
        IrValue left = Scalar(binary.Left), right = Scalar(binary.Right);
        ir.Span = binary.Span;
        bool isSigned = IsSigned(binary.Left.Type);
        if (ArithmeticOf(binary.Operation, isSigned) is { } arithmetic)
            return ir.Binary(arithmetic, left, right);
        // Signed comparison wants whole registers; unsigned values are held zero-extended and compare as they are.
        if (isSigned && left.Type.Size < 4)
        {
            left = ir.Convert(ConvertOperator.SignExtend, IrType.I64, left);
            right = ir.Convert(ConvertOperator.SignExtend, IrType.I64, right);
        }
        return ir.Compare(ComparisonOf(binary.Operation, isSigned), left, right);
    }

    private static BinaryOperator? ArithmeticOf(BinaryOperation operation, bool isSigned) => operation switch
    {
        BinaryOperation.Add => BinaryOperator.Add,
        BinaryOperation.Subtract => BinaryOperator.Subtract,
        BinaryOperation.Multiply => BinaryOperator.Multiply,
        BinaryOperation.Divide => isSigned ? BinaryOperator.DivideSigned : BinaryOperator.DivideUnsigned,
        BinaryOperation.Modulo => isSigned ? BinaryOperator.ModuloSigned : BinaryOperator.ModuloUnsigned,
        BinaryOperation.And => BinaryOperator.And,
        BinaryOperation.Or => BinaryOperator.Or,
        BinaryOperation.Xor => BinaryOperator.Xor,
        BinaryOperation.ShiftLeft => BinaryOperator.ShiftLeft,
        BinaryOperation.ShiftRight => isSigned ? BinaryOperator.ShiftRightSigned : BinaryOperator.ShiftRightUnsigned,
        _ => null,
    };

    private static CompareOperator ComparisonOf(BinaryOperation operation, bool isSigned) => operation switch
    {
        BinaryOperation.Equal => CompareOperator.Equal,
        BinaryOperation.NotEqual => CompareOperator.NotEqual,
        BinaryOperation.Less => isSigned ? CompareOperator.LessSigned : CompareOperator.LessUnsigned,
        BinaryOperation.LessOrEqual => isSigned ? CompareOperator.LessOrEqualSigned : CompareOperator.LessOrEqualUnsigned,
        BinaryOperation.Greater => isSigned ? CompareOperator.GreaterSigned : CompareOperator.GreaterUnsigned,
        BinaryOperation.GreaterOrEqual => isSigned ? CompareOperator.GreaterOrEqualSigned : CompareOperator.GreaterOrEqualUnsigned,
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };

    private IrValue Convert(BoundConversion conversion)
    {
        ScriptType from = conversion.Operand.Type;
        if (from is ArrayType or StringType or BufferType)
            return IntegerFromBytes(conversion.Operand, conversion.Type);
        IrValue value = Scalar(conversion.Operand);
        ir.Span = conversion.Span;
        IrType type = IrTypeOf(conversion.Type);
        return type == IrType.Bool && value.Type != IrType.Bool ? Truth(value) : ir.Resize(value, type, IsSigned(from));
    }

    // (uint32)bytes: the first bytes in memory, in the machine's order.
    private IrValue IntegerFromBytes(BoundExpression bytes, ScriptType type)
    {
        Place place = Memory(bytes);
        return ir.Load(IrTypeOf(type), place.Pointer, place.Offset);
    }

    private IrValue Increment(BoundIncrement increment)
    {
        if (increment.Target is BoundMapElement element)
            return IncrementMap(increment, element);
        VariableSymbol variable = ((BoundVariable)increment.Target).Variable;
        IrValue before = ReadVariable(variable);
        IrValue after = AddInWidth(before, increment.Delta);
        VariableStorage storage = StorageOf(variable);
        if (storage.Register is { } register)
            ir.Write(register, after);
        else
            ir.Store(storage.Memory.Pointer, storage.Memory.Offset, after);
        return increment.IsPrefix ? after : before;
    }

    // The IR calculates in 32 and 64 bits; narrower numbers are widened, changed, and cut again.
    private IrValue AddInWidth(IrValue value, long delta)
    {
        if (value.Type.Size >= 4)
            return ir.Add(value, ir.Constant(value.Type, delta));
        IrValue wide = ir.Convert(ConvertOperator.ZeroExtend, IrType.I32, value);
        return ir.Convert(ConvertOperator.Truncate, value.Type, ir.Add(wide, ir.Int32(delta)));
    }

    private IrValue Builtin(BoundBuiltin builtin)
    {
        switch (builtin.Variable)
        {
            case BuiltinVariable.Pid:
                return ProcessOrThread(isThread: false);
            case BuiltinVariable.Tid:
                return ProcessOrThread(isThread: true);
            case BuiltinVariable.Uid:
            case BuiltinVariable.UserName:
                return Extend(ir.Convert(ConvertOperator.Truncate, IrType.I32, Ask(HelperId.GetCurrentUidGid)));
            case BuiltinVariable.Gid:
                return ir.ShiftRight(Ask(HelperId.GetCurrentUidGid), 32);
            case BuiltinVariable.Nsecs:
                return Ask(HelperId.KtimeGetBootNs);
            case BuiltinVariable.NsecsMonotonic:
                return Ask(HelperId.KtimeGetNs);
            case BuiltinVariable.NsecsTai:
                return Ask(HelperId.KtimeGetTaiNs);
            case BuiltinVariable.Elapsed:
                return ir.Subtract(Ask(HelperId.KtimeGetBootNs), ReadHostVariable(HostVariables.StartTime));
            case BuiltinVariable.ChildPid:
                return Narrow(ReadHostVariable(HostVariables.ChildPid), builtin.Type);
            case BuiltinVariable.Cpu:
                return Narrow(Ask(HelperId.GetSmpProcessorId), builtin.Type);
            case BuiltinVariable.NumaNode:
                return Narrow(Ask(HelperId.GetNumaNodeId), builtin.Type);
            case BuiltinVariable.Rand:
                return Narrow(Ask(HelperId.GetPrandomU32), builtin.Type);
            case BuiltinVariable.CurrentTask:
                return Ask(HelperId.GetCurrentTask);
            case BuiltinVariable.Cgroup:
                return Ask(HelperId.GetCurrentCgroupId);
            case BuiltinVariable.Jiffies:
                return Ask(HelperId.Jiffies64);
            case BuiltinVariable.Probe or BuiltinVariable.Function when builtin.Type is NameIndexType:
                return NameIndex();
            case BuiltinVariable.Argument:
                return ReadArgument(builtin.Index);
            case BuiltinVariable.ReturnValue:
                return ReadRegister(registers.ReturnValue);
            case BuiltinVariable.Context:
                return ir.Convert(ConvertOperator.PointerToInteger, IrType.I64, context);
            default:
                throw new ArgumentException($"'{builtin.Variable}' does not fit a register.", nameof(builtin));
        }
    }

    private IrValue Ask(HelperId helper) => ir.Call(helper, IrType.I64);

    private IrValue Extend(IrValue value) => ir.Convert(ConvertOperator.ZeroExtend, IrType.I64, value);

    private IrValue Narrow(IrValue value, ScriptType type) => ir.Resize(value, IrTypeOf(type), isSigned: false);

    // bpf_get_current_pid_tgid: thread group above, thread below.
    private IrValue ProcessOrThread(bool isThread)
    {
        if (module.Facts.PidNamespace is { } space)
            return ProcessInNamespace(isThread, space.Device, space.Inode);
        IrValue both = Ask(HelperId.GetCurrentPidTgid);
        return ir.Convert(ConvertOperator.Truncate, IrType.I32, isThread ? both : ir.ShiftRight(both, 32));
    }

    // struct bpf_pidns_info: u32 pid (thread), u32 tgid (process). It stays zero for a task outside of the namespace.
    private IrValue ProcessInNamespace(bool isThread, ulong device, ulong inode)
    {
        Place info = Allocate(8, 8, "pidns");
        ir.Store(info.Pointer, info.Offset, ir.Int64(0));
        ir.Call(HelperId.GetNsCurrentPidTgid, IrType.I64, ir.Int64((long)device), ir.Int64((long)inode), info.Pointer, ir.Int64(8));
        return ir.Load(IrType.I32, info.Pointer, isThread ? 0 : 4);
    }

    private IrValue ReadHostVariable(string name)
    {
        (string map, int offset) = module.HostVariable(name);
        return ir.Load(IrType.I64, ir.GlobalAddress(map, offset));
    }

    // An attach point's cookie is its place in the list of names. A program with one attach point knows it beforehand.
    private IrValue NameIndex() => probe.AttachPoints is [{ Attach: var only }]
        ? ir.Int64((long)CookieOf(only))
        : ir.Call(HelperId.GetAttachCookie, IrType.I64, context);

    private static ulong CookieOf(AttachSpec attach) =>
        attach is UprobeAttach { Targets: [var target] } ? target.Cookie : attach.Cookie;
}
