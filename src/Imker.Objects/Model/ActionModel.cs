using System.Text.Json;

namespace Imker.Objects;

/// <summary>What is done with a record, in JSON.</summary>
internal static class ActionModel
{
    public static void Write(Utf8JsonWriter json, RecordAction action)
    {
        json.WriteStartObject("action");
        switch (action)
        {
            case PrintfAction printf:
                json.WriteString("kind", "printf");
                json.WriteString("format", printf.Format);
                json.WriteString("target", ModelNames.Of(printf.Target));
                break;
            case PrintValueAction:
                json.WriteString("kind", "printValue");
                break;
            case JoinAction join:
                json.WriteString("kind", "join");
                json.WriteString("separator", join.Separator);
                break;
            case TimeAction time:
                json.WriteString("kind", "time");
                json.WriteString("format", time.Format);
                break;
            case PrintMapAction print:
                json.WriteString("kind", "printMap");
                json.WriteString("view", print.View);
                json.WriteNumber("top", print.Top);
                json.WriteNumber("divisor", print.Divisor);
                json.WriteBoolean("clears", print.Clears);
                break;
            case ClearMapAction clear:
                json.WriteString("kind", "clearMap");
                json.WriteString("view", clear.View);
                break;
            case ZeroMapAction zero:
                json.WriteString("kind", "zeroMap");
                json.WriteString("view", zero.View);
                break;
            case ExitAction:
                json.WriteString("kind", "exit");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(action), action, "Objects have no such action.");
        }
        json.WriteEndObject();
    }

    public static RecordAction Read(ModelNode node) => node.Text("kind") switch
    {
        "printf" => new PrintfAction(node.Text("format"), node.Member("target", PrintfTarget.Output)),
        "printValue" => new PrintValueAction(),
        "join" => new JoinAction(node.Text("separator")),
        "time" => new TimeAction(node.Text("format")),
        "printMap" => new PrintMapAction(node.Text("view"), node.Int32("top", min: int.MinValue), node.Int64("divisor"), node.Flag("clears")),
        "clearMap" => new ClearMapAction(node.Text("view")),
        "zeroMap" => new ZeroMapAction(node.Text("view")),
        "exit" => new ExitAction(),
        var kind => throw node.Malformed("kind", $"is '{kind}', which no action is called"),
    };
}
