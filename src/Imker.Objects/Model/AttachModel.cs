using System.Collections.Immutable;
using System.Text.Json;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>Attachments in JSON.</summary>
internal static class AttachModel
{
    public static void Write(Utf8JsonWriter json, AttachSpec attachment, ModelSources sources)
    {
        json.WriteStartObject();
        switch (attachment)
        {
            case TracepointAttach tracepoint:
                json.WriteString("kind", "tracepoint");
                json.WriteString("category", tracepoint.Category);
                json.WriteString("event", tracepoint.Event);
                break;
            case RawTracepointAttach tracepoint:
                json.WriteString("kind", "rawTracepoint");
                json.WriteString("event", tracepoint.Event);
                break;
            case UprobeAttach uprobe:
                WriteUprobe(json, uprobe);
                break;
            case UprobePatternAttach pattern:
                WriteProbe(json, "uprobePattern", pattern.Pattern, pattern.IsReturn);
                json.WriteString("binary", pattern.Binary);
                break;
            case KprobeAttach kprobe:
                WriteProbe(json, "kprobe", kprobe.Symbol, kprobe.IsReturn);
                json.WriteNumber("offset", kprobe.Offset);
                break;
            case KprobeMultiAttach pattern:
                WriteProbe(json, "kprobeMulti", pattern.Pattern, pattern.IsReturn);
                break;
            case KsyscallAttach call:
                WriteProbe(json, "ksyscall", call.Name, call.IsReturn);
                break;
            case UsdtAttach usdt:
                json.WriteString("kind", "usdt");
                json.WriteString("binary", usdt.Binary);
                json.WriteString("provider", usdt.Provider);
                json.WriteString("name", usdt.Name);
                break;
            case TypedAttach:
                json.WriteString("kind", "typed");
                break;
            case TimerAttach timer:
                json.WriteString("kind", "timer");
                json.WriteBoolean("everyCpu", timer.EveryCpu);
                json.WriteNumber("period", timer.PeriodNanoseconds);
                json.WriteNumber("frequency", timer.Frequency);
                break;
            case RunOnceAttach once:
                json.WriteString("kind", "runOnce");
                json.WriteString("phase", ModelNames.Of(once.Phase));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(attachment), attachment, "Objects have no such attachment.");
        }
        json.WriteString("program", attachment.Program);
        json.WriteString("display", attachment.DisplayName);
        if (attachment.Cookie != 0)
            json.WriteNumber("cookie", attachment.Cookie);
        sources.WriteSpan(json, attachment.Span);
        json.WriteEndObject();
    }

    public static AttachSpec Read(ModelNode node, ImmutableArray<SourceText> sources)
    {
        string program = node.Text("program");
        AttachSpec attachment = node.Text("kind") switch
        {
            "tracepoint" => new TracepointAttach(program, node.Text("category"), node.Text("event")),
            "rawTracepoint" => new RawTracepointAttach(program, node.Text("event")),
            "uprobe" => new UprobeAttach(program, node.Text("binary"), node.Array("targets", ReadTarget), node.Flag("return"),
                node.Has("process") ? node.Int32("process", min: int.MinValue) : null),
            "uprobePattern" => new UprobePatternAttach(program, node.Text("binary"), node.Text("symbol"), node.Flag("return")),
            "kprobe" => new KprobeAttach(program, node.Text("symbol"), node.UInt64("offset"), node.Flag("return")),
            "kprobeMulti" => new KprobeMultiAttach(program, node.Text("symbol"), node.Flag("return")),
            "ksyscall" => new KsyscallAttach(program, node.Text("symbol"), node.Flag("return")),
            "usdt" => new UsdtAttach(program, node.Text("binary"), node.Text("provider"), node.Text("name")),
            "typed" => new TypedAttach(program),
            "timer" => new TimerAttach(program, node.Flag("everyCpu"), node.UInt64("period"), node.UInt64("frequency")),
            "runOnce" => new RunOnceAttach(program, node.Member<RunPhase>("phase")),
            var kind => throw node.Malformed("kind", $"is '{kind}', which no attachment is called"),
        };
        return attachment with
        {
            DisplayName = node.Text("display"),
            Cookie = node.UInt64("cookie"),
            Span = ModelSources.ReadSpan(node, sources),
        };
    }

    private static void WriteProbe(Utf8JsonWriter json, string kind, string symbol, bool isReturn)
    {
        json.WriteString("kind", kind);
        json.WriteString("symbol", symbol);
        json.WriteBoolean("return", isReturn);
    }

    private static void WriteUprobe(Utf8JsonWriter json, UprobeAttach uprobe)
    {
        json.WriteString("kind", "uprobe");
        json.WriteString("binary", uprobe.Binary);
        json.WriteBoolean("return", uprobe.IsReturn);
        if (uprobe.ProcessId is { } process)
            json.WriteNumber("process", process);
        json.WriteStartArray("targets");
        foreach (UprobeTarget target in uprobe.Targets)
        {
            json.WriteStartObject();
            if (target.Symbol is not null)
                json.WriteString("symbol", target.Symbol);
            json.WriteNumber("offset", target.Offset);
            json.WriteNumber("cookie", target.Cookie);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static UprobeTarget ReadTarget(ModelNode node) => new(node.OptionalText("symbol"), node.UInt64("offset"), node.UInt64("cookie"));
}
