using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;
using ProbeKind = Imker.Script.Bound.ProbeKind;

namespace Imker.Script.Binding;

// Functions that give a value.
internal sealed partial class ProbeBinder
{
    private const int MaxStringCapacity = 65536;
    private const int MacAddressSize = 6;

    internal BoundExpression BindStr(CallSyntax call)
    {
        if (call.Arguments[0] is PositionalParameterSyntax or StringLiteralSyntax)
            return BindStrOfText(call);
        BoundExpression source = BindValue(call.Arguments[0]);
        BoundExpression? length = call.Arguments.Length > 1 ? BindInteger(call.Arguments[1], "the length of a text") : null;
        if (IsUnknown(source) || length is not null && IsUnknown(length))
            return Unknown(call.Span);
        if (source.Type is StringType && length is null)
            return source;
        if (source.Type is not (IntegerType or PointerType or StringType or ArrayType { Element.Size: 1 }))
            return Fail(BindErrorId.TypeMismatch, call.Arguments[0].Span, $"'str' reads the text at an address, not {source.Type}");
        if (length is not BoundInteger constant)
            return new BoundCall(call.Span, new StringType(Config.MaxStringLength), BuiltinFunction.Str, length is null ? [source] : [source, length]);
        if (constant.Value is < 1 or >= MaxStringCapacity)
            return Fail(BindErrorId.OutOfRange, call.Arguments[1].Span, $"the length of a text is from 1 to {MaxStringCapacity - 1:N0}");
        // The NUL comes on top of the bytes that were asked for.
        int capacity = (int)Math.Min(constant.Value + 1, Config.MaxStringLength);
        return new BoundCall(call.Span, new StringType(capacity), BuiltinFunction.Str, [source]);
    }

    private BoundExpression BindStrOfText(CallSyntax call)
    {
        string text = BindText(call.Arguments[0], "a text")!;
        if (call.Arguments.Length == 1)
            return new BoundText(call.Span, text);
        if (!TryConstant(call.Arguments[1], out long length))
            return Unknown(call.Span);
        return new BoundText(call.Span, text[..(int)Math.Clamp(length, 0, text.Length)]);
    }

    internal BoundExpression BindBuf(CallSyntax call)
    {
        BoundExpression source = BindValue(call.Arguments[0]);
        BoundExpression? length = call.Arguments.Length > 1 ? BindInteger(call.Arguments[1], "the length of the data") : null;
        if (IsUnknown(source) || length is not null && IsUnknown(length))
            return Unknown(call.Span);
        if (source.Type is not (IntegerType or PointerType or ArrayType or StringType))
            return Fail(BindErrorId.TypeMismatch, call.Arguments[0].Span, $"'buf' reads the data at an address, not {source.Type}");
        if (length is null)
        {
            if (source.Type is not (ArrayType { Count: > 0 } or StringType))
                return Fail(BindErrorId.WrongArguments, call.Span, "'buf' must be told the length of the data", "as in 'buf(arg0, 16)'");
            length = Number(call.Span, source.Type.Size);
        }
        if (length is BoundInteger { Value: < 1 })
            return Fail(BindErrorId.OutOfRange, call.Arguments[1].Span, "the length of the data is at least 1");
        int capacity = length is BoundInteger constant ? (int)Math.Min(constant.Value, Config.MaxStringLength) : Config.MaxStringLength;
        return new BoundCall(call.Span, new BufferType(capacity), BuiltinFunction.Buf, [source, length]);
    }

    internal BoundExpression BindStrncmp(CallSyntax call)
    {
        BoundExpression left = BindTextValue(call.Arguments[0]), right = BindTextValue(call.Arguments[1]);
        if (!TryConstant(call.Arguments[2], out long length) || IsUnknown(left) || IsUnknown(right))
            return Unknown(call.Span);
        if (length is < 0 or > MaxStringCapacity)
            return Fail(BindErrorId.OutOfRange, call.Arguments[2].Span, $"the length is from 0 to {MaxStringCapacity:N0}");
        if (left is BoundText a && right is BoundText b)
            return Number(call.Span, Cut(a.Value, length) == Cut(b.Value, length) ? 0 : 1);
        return new BoundCall(call.Span, ScriptType.Int64, BuiltinFunction.Strncmp, [left, right, Number(call.Arguments[2].Span, length)]);

        static string Cut(string text, long length) => text[..(int)Math.Min(text.Length, length)];
    }

    private BoundExpression BindTextValue(ExpressionSyntax syntax)
    {
        BoundExpression value = TextOfParameter(syntax) ?? BindValue(syntax);
        return IsUnknown(value) || IsText(value) ? value : Fail(BindErrorId.TypeMismatch, syntax.Span, $"expected a text, not {value.Type}", "'str' reads one from an address");
    }

    internal BoundExpression BindStrlen(CallSyntax call)
    {
        BoundExpression text = BindTextValue(call.Arguments[0]);
        return text switch
        {
            BoundText known => new BoundInteger(call.Span, ScriptType.UInt64, known.Value.Length),
            _ when IsUnknown(text) => text,
            _ => new BoundCall(call.Span, ScriptType.UInt64, BuiltinFunction.Strlen, [text]),
        };
    }

    internal BoundExpression BindByteSwap(CallSyntax call)
    {
        BoundExpression value = BindValue(call.Arguments[0]);
        if (value.Type is not IntegerType integer)
            return IsUnknown(value) ? value : Fail(BindErrorId.TypeMismatch, call.Arguments[0].Span, $"'bswap' takes an integer, not {value.Type}");
        IntegerType type = IntegerType.Of(integer.Bytes, isSigned: false);
        return new BoundCall(call.Span, type, BuiltinFunction.ByteSwap, [Convert(value, type)]);
    }

    internal BoundExpression BindSymbol(CallSyntax call, BuiltinFunction function, ScriptType type)
    {
        BoundExpression address = BindInteger(call.Arguments[0], "an address");
        return IsUnknown(address) ? address : new BoundCall(call.Span, type, function, [Convert(address, ScriptType.UInt64)]);
    }

    internal BoundExpression BindKernelAddress(CallSyntax call)
    {
        if (BindText(call.Arguments[0], "the name of a symbol") is not { } name)
            return Unknown(call.Span);
        return Facts.KernelSymbol(name) is { } address
            ? new BoundInteger(call.Span, ScriptType.UInt64, unchecked((long)address))
            : Fail(BindErrorId.UnknownName, call.Arguments[0].Span, $"the kernel has no symbol '{Lexer.Shorten(name)}', or hides its address");
    }

    internal BoundExpression BindSpace(CallSyntax call, AddressSpace space)
    {
        BoundExpression pointer = BindValue(call.Arguments[0]);
        return pointer.Type switch
        {
            PointerType type => Convert(pointer, type with { Space = space }),
            IntegerType => Convert(pointer, new PointerType(ScriptType.UInt64, space)),
            ErrorType => pointer,
            _ => Fail(BindErrorId.TypeMismatch, call.Arguments[0].Span, $"'{call.Name.Text}' takes a pointer, not {pointer.Type}"),
        };
    }

    internal BoundExpression BindRegister(CallSyntax call)
    {
        if (!InProbe(call.Span, "reg", ProbeKind.Uprobe, ProbeKind.Uretprobe) || BindText(call.Arguments[0], "the name of a register") is not { } name)
            return Unknown(call.Span);
        string[] registers = Facts.Architecture == TargetArchitecture.X64 ? WellKnown.RegistersX64 : WellKnown.RegistersArm64;
        int index = Array.IndexOf(registers, name);
        return index >= 0
            ? new BoundCall(call.Span, ScriptType.UInt64, BuiltinFunction.Register, [Number(call.Span, 8 * index)])
            : Fail(BindErrorId.UnknownName, call.Arguments[0].Span, $"there is no register '{Lexer.Shorten(name)}'{Suggestion(name, registers)}",
                $"there are {string.Join(", ", registers)}");
    }

    internal BoundExpression BindNtop(CallSyntax call)
    {
        BoundExpression? family = call.Arguments.Length > 1 ? BindInteger(call.Arguments[0], "the family of an address") : null;
        BoundExpression address = BindValue(call.Arguments[^1]);
        if (IsUnknown(address) || family is not null && IsUnknown(family))
            return Unknown(call.Span);
        bool isPossible = address.Type is IntegerType or EnumType or ArrayType { Size: 4 or 16 } or StringType { Capacity: 4 or 16 };
        if (!isPossible)
            return Fail(BindErrorId.TypeMismatch, call.Arguments[^1].Span, $"'ntop' takes an integer, or an array of 4 or 16 bytes, not {address.Type}");
        return new BoundCall(call.Span, new InternetAddressType(), BuiltinFunction.Ntop, family is null ? [address] : [family, address]);
    }

    internal BoundExpression BindMacAddress(CallSyntax call)
    {
        BoundExpression address = BindValue(call.Arguments[0]);
        if (IsUnknown(address))
            return address;
        return address.Type is IntegerType or PointerType or ArrayType { Size: >= MacAddressSize } or StringType { Capacity: >= MacAddressSize }
            ? new BoundCall(call.Span, new MacAddressType(), BuiltinFunction.MacAddress, [address])
            : Fail(BindErrorId.TypeMismatch, call.Arguments[0].Span, $"'macaddr' takes a pointer to {MacAddressSize} bytes or an array of them, not {address.Type}");
    }

    internal BoundExpression BindSignal(CallSyntax call)
    {
        if (call.Arguments[0] is StringLiteralSyntax literal)
        {
            string name = literal.Text.StartsWith("SIG", StringComparison.Ordinal) ? literal.Text : $"SIG{literal.Text}";
            return WellKnown.Signals.TryGetValue(name, out int number)
                ? SendSignal(call, Number(literal.Span, number))
                : Fail(BindErrorId.UnknownName, literal.Span, $"there is no signal '{Lexer.Shorten(literal.Text)}'{Suggestion(name, WellKnown.Signals.Keys)}");
        }
        BoundExpression signal = BindInteger(call.Arguments[0], "a signal");
        if (signal is BoundInteger { Type: not ErrorType, Value: < 1 or > 64 })
            return Fail(BindErrorId.OutOfRange, call.Arguments[0].Span, "signals are numbered from 1 to 64");
        return IsUnknown(signal) ? signal : SendSignal(call, signal);
    }

    // The helper's result is a number; a statement drops it.
    private static BoundCall SendSignal(CallSyntax call, BoundExpression signal) =>
        new(call.Span, ScriptType.Int64, BuiltinFunction.Signal, [signal]);
}
