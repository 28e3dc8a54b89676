using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Objects.Tests;

/// <summary>An object with everything in it as text: two objects are the same when their texts are. (Arrays are compared by reference.)</summary>
internal static class ObjectText
{
    public static string Of(BpfObject bpfObject)
    {
        var text = new StringBuilder();
        Append(text, bpfObject, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null:
                text.Append("null\n");
                break;
            case string s:
                text.Append('"').Append(s).Append("\"\n");
                break;
            case ReadOnlyMemory<byte> bytes:
                text.Append(Convert.ToHexString(bytes.Span)).Append('\n');
                break;
            case SourceSpan span:
                text.Append(span.IsNone ? "nowhere\n" : $"{span} {span.Start}+{span.Length} of {span.Source!.Text}\n");
                break;
            case Instruction instruction:
                text.Append($"{instruction} (0x{instruction.Opcode:x2} {instruction.SrcField} {instruction.Offset} {instruction.Constant}) {instruction.Reference}\n");
                break;
            case Enum or IFormattable:
                text.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)).Append('\n');
                break;
            case bool flag:
                text.Append(flag).Append('\n');
                break;
            case IEnumerable items:
                AppendAll(text, items.Cast<object>().Select((item, i) => ($"[{i}]", (object?)item)), depth);
                break;
            default:
                text.Append(value.GetType().Name);
                AppendAll(text, PropertiesOf(value).Select(property => (property.Name, property.GetValue(value))), depth);
                break;
        }
    }

    private static IEnumerable<PropertyInfo> PropertiesOf(object value) => value.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0).OrderBy(property => property.Name);

    private static void AppendAll(StringBuilder text, IEnumerable<(string Name, object? Value)> members, int depth)
    {
        text.Append('\n');
        foreach ((string name, object? value) in members)
        {
            text.Append(' ', 2 * (depth + 1)).Append(name).Append(": ");
            Append(text, value, depth + 1);
        }
    }
}
