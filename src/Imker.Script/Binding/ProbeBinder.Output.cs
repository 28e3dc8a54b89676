using System.Collections.Immutable;
using System.Text;
using Imker.Diagnostics;
using Imker.Rendering;
using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;

namespace Imker.Script.Binding;

// Functions that send something to user space.
internal sealed partial class ProbeBinder
{
    internal BoundExpression BindFormatted(CallSyntax call, BuiltinFunction function)
    {
        script.SendsData = true;
        string? format = BindText(call.Arguments[0], "the format");
        if (format is null)
            return Unknown(call.Span);
        if (!FormatString.TryParse(Encoding.Latin1.GetBytes(format), out FormatString? parsed, out FormatStringError error))
            return Fail(BindErrorId.BadFormat, call.Arguments[0].Span, $"the format is wrong: {error.Message}");
        int wanted = parsed!.Conversions.Length;
        var arguments = ImmutableArray.CreateBuilder<BoundExpression>(call.Arguments.Length);
        arguments.Add(new BoundText(call.Arguments[0].Span, format));
        for (int i = 1; i < call.Arguments.Length; i++)
            arguments.Add(i <= wanted ? BindFormattedValue(call.Arguments[i], parsed, i - 1) : BindValue(call.Arguments[i]));
        int given = call.Arguments.Length - 1;
        if (given != wanted)
        {
            SourceSpan span = given > wanted ? call.Arguments[wanted + 1].Span : call.Arguments[0].Span;
            return Fail(BindErrorId.BadFormat, span, $"the format takes {Count(wanted, "value")}, but there {(given == 1 ? "is" : "are")} {given}",
                wanted > given ? [$"nothing is given for '{parsed.Spelling(given)}'"]
                : format.Count(c => c == '%') > wanted ? ["a '%' that begins no conversion is printed as it stands"] : []);
        }
        return arguments.Any(IsUnknown) ? Unknown(call.Span) : new BoundCall(call.Span, ScriptType.None, function, arguments.MoveToImmutable());
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private BoundExpression BindFormattedValue(ExpressionSyntax syntax, FormatString format, int index)
    {
        Conversion conversion = format.Conversions[index];
        if (conversion.Kind == ConversionKind.Text && TextOfParameter(syntax) is { } parameter)
            return parameter;
        BoundExpression value = BindValue(syntax);
        if (IsUnknown(value))
            return value;
        bool fits = conversion switch
        {
            { Kind: ConversionKind.Pointer } => value.Type is IntegerType or EnumType or PointerType or KernelSymbolType,
            { TakesInteger: true } => value.Type is IntegerType or BooleanType or EnumType or PointerType or KernelSymbolType,
            { TakesBuffer: true } => value.Type is BufferType,
            _ => value.Type is StringType or KernelSymbolType or UserSymbolType or StackType or InternetAddressType or MacAddressType
                or TimestampType or UserNameType or NameIndexType or EnumType or BooleanType,
        };
        if (fits)
            return value;
        string suggestion = value.Type switch
        {
            IntegerType => "%d",
            PointerType { Target: IntegerType { Bytes: 1 } } when conversion.Kind == ConversionKind.Text => "read the text with str()",
            PointerType => "%p",
            BufferType => "%r",
            TupleType or StructType or ArrayType => "'print' shows values of every type",
            _ => "%s",
        };
        return Fail(BindErrorId.BadFormat, syntax.Span, $"'{format.Spelling(index)}' does not take {value.Type}",
            suggestion.StartsWith('%') ? $"'{suggestion}' does" : suggestion);
    }

    internal BoundExpression BindPrint(CallSyntax call)
    {
        if (call.Arguments[0] is MapSyntax map)
            return BindPrintMap(call, map);
        if (call.Arguments.Length > 1)
            return Fail(BindErrorId.WrongArguments, call.Arguments[1].Span, "only maps are printed with a number of entries and a divisor");
        script.SendsData = true;
        BoundExpression value = BindValue(call.Arguments[0]);
        return IsUnknown(value) ? value : new BoundCall(call.Span, ScriptType.None, BuiltinFunction.PrintValue, [value]);
    }

    private BoundExpression BindPrintMap(CallSyntax call, MapSyntax map)
    {
        MapState state = script.Map(map);
        state.IsPrinted = true;
        long top = 0, divisor = 0;
        if (call.Arguments.Length > 1 && !TryConstant(call.Arguments[1], out top) || call.Arguments.Length > 2 && !TryConstant(call.Arguments[2], out divisor))
            return Unknown(call.Span);
        if (top is < 0 or > int.MaxValue)
            return Fail(BindErrorId.OutOfRange, call.Arguments[1].Span, "the number of entries to print is not negative and fits 31 bits");
        if (divisor < 0)
            return Fail(BindErrorId.OutOfRange, call.Arguments[2].Span, "the divisor is greater than 0");
        return MapCall(call, map, BuiltinFunction.PrintMap, Number(call.Span, top), Number(call.Span, divisor));
    }

    internal BoundExpression BindTime(CallSyntax call)
    {
        script.SendsData = true;
        string? format = call.Arguments.IsEmpty ? "%H:%M:%S\n" : BindText(call.Arguments[0], "the format");
        return format is null ? Unknown(call.Span) : new BoundCall(call.Span, ScriptType.None, BuiltinFunction.Time, [new BoundText(call.Span, format)]);
    }

    internal BoundExpression BindJoin(CallSyntax call)
    {
        script.SendsData = true;
        BoundExpression array = BindValue(call.Arguments[0]);
        string? separator = call.Arguments.Length > 1 ? BindText(call.Arguments[1], "the separator") : " ";
        if (separator is null || IsUnknown(array))
            return Unknown(call.Span);
        if (array.Type is not (IntegerType or PointerType))
            return Fail(BindErrorId.TypeMismatch, call.Arguments[0].Span, $"'join' takes a pointer to pointers to text, not {array.Type}");
        return new BoundCall(call.Span, ScriptType.None, BuiltinFunction.Join, [array, new BoundText(call.Span, separator)]);
    }

    internal BoundExpression BindExit(CallSyntax call)
    {
        BoundExpression code = call.Arguments.IsEmpty ? Number(call.Span, 0) : BindInteger(call.Arguments[0], "the exit code");
        return IsUnknown(code) ? code : new BoundCall(call.Span, ScriptType.None, BuiltinFunction.Exit, [code]);
    }

    internal BoundExpression BindStrftime(CallSyntax call)
    {
        string? format = BindText(call.Arguments[0], "the format");
        BoundExpression time = BindInteger(call.Arguments[1], "a time stamp");
        return format is null || IsUnknown(time)
            ? Unknown(call.Span)
            : new BoundCall(call.Span, new TimestampType(format), BuiltinFunction.Strftime, [time]);
    }
}
