using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Imker.Bytecode;

namespace Imker.Objects;

public sealed partial class TargetDescription
{
    private const int Version = 1;

    // A file that people keep and compare: a line for each value, in an order that is not that of the questions.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Indented = true,
        NewLine = "\n",
    };

    /// <summary>The bytes of the file; the same answers give the same bytes.</summary>
    public byte[] ToArray() => Write(answers);

    internal static byte[] Write(TargetAnswers answers)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            WriteMachine(json, answers);
            WriteConfiguration(json, answers);
            WriteFeatures(json, answers);
            WriteTracepoints(json, answers);
            WriteBinaries(json, answers);
            json.WriteEndObject();
        }
        output.Write("\n"u8);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteMachine(Utf8JsonWriter json, TargetAnswers answers)
    {
        if (answers.Architecture is { } architecture)
            json.WriteString("architecture", ModelNames.Of(architecture.Value));
        if (answers.KernelVersion is { } version)
            json.WriteString("kernel", version.Value.ToString());
        if (answers.PossibleCpus is { } cpus)
            json.WriteNumber("possibleCpus", cpus.Value);
        if (answers.KernelBtf is { } btf)
            WriteObject(json, "kernelBtf", btf.Value, static (json, identity) =>
            {
                json.WriteNumber("types", identity.Types);
                json.WriteNumber("strings", identity.StringsSize);
            });
        if (answers.PidNamespace is { } space)
            WriteObject(json, "pidNamespace", space.Value, static (json, id) =>
            {
                json.WriteNumber("device", id.Device);
                json.WriteNumber("inode", id.Inode);
            });
        WriteArray(json, "kernelSymbols", answers.KernelSymbols.OrderBy(symbol => symbol.Key, StringComparer.Ordinal), symbol =>
        {
            json.WriteString("name", symbol.Key);
            if (symbol.Value is { } address)
                json.WriteNumber("address", address);
        });
    }

    private static void WriteConfiguration(Utf8JsonWriter json, TargetAnswers answers) =>
        WriteArray(json, "kernelConfiguration", answers.KernelConfiguration.OrderBy(option => option.Key, StringComparer.Ordinal), option =>
        {
            json.WriteString("name", option.Key);
            if (option.Value is { } value)
                json.WriteString("value", value);
        });

    private static void WriteFeatures(Utf8JsonWriter json, TargetAnswers answers)
    {
        json.WriteStartObject("features");
        foreach ((KernelFeature feature, bool has) in answers.Features.OrderBy(feature => feature.Key.Name, StringComparer.Ordinal))
            json.WriteBoolean(feature.Name, has);
        json.WriteEndObject();
        WriteArray(json, "helpers", answers.Helpers.OrderBy(helper => helper.Key.Type).ThenBy(helper => helper.Key.Helper), helper =>
        {
            json.WriteString("type", KernelConstants.ProgramTypes.NameOf(helper.Key.Type));
            json.WriteString("helper", HelperNames.Of(helper.Key.Helper));
            json.WriteBoolean("has", helper.Value);
        });
    }

    private static void WriteTracepoints(Utf8JsonWriter json, TargetAnswers answers)
    {
        if (answers.TracepointProblem is { } problem)
            json.WriteString("tracepointProblem", problem.Value);
        if (answers.Categories is { } categories)
            WriteTexts(json, "categories", categories.Value);
        WriteArray(json, "events", answers.Events.OrderBy(events => events.Key, StringComparer.Ordinal), events =>
        {
            json.WriteString("category", events.Key);
            WriteTexts(json, "names", events.Value);
        });
        WriteArray(json, "tracepoints", answers.Tracepoints.OrderBy(t => t.Key.Category, StringComparer.Ordinal).ThenBy(t => t.Key.Name, StringComparer.Ordinal),
            tracepoint =>
            {
                json.WriteString("category", tracepoint.Key.Category);
                json.WriteString("event", tracepoint.Key.Name);
                if (tracepoint.Value is { } format)
                    WriteFormat(json, format);
            });
    }

    private static void WriteFormat(Utf8JsonWriter json, TracepointFormat format)
    {
        json.WriteNumber("id", format.Id);
        WriteArray(json, "fields", format.Fields, field =>
        {
            json.WriteString("name", field.Name);
            json.WriteString("type", field.TypeText);
            json.WriteNumber("offset", field.Offset);
            json.WriteNumber("size", field.Size);
            json.WriteBoolean("signed", field.IsSigned);
            json.WriteNumber("arrayLength", field.ArrayLength);
            json.WriteString("location", ModelNames.Of(field.Location));
        });
    }

    private static void WriteBinaries(Utf8JsonWriter json, TargetAnswers answers)
    {
        WriteArray(json, "binaries", answers.Binaries.OrderBy(b => b.Key.Name, StringComparer.Ordinal).ThenBy(b => b.Key.ProcessId), binary =>
        {
            json.WriteString("name", binary.Key.Name);
            if (binary.Key.ProcessId is { } process)
                json.WriteNumber("process", process);
            if (binary.Value is { } path)
                json.WriteString("path", path);
        });
        WriteArray(json, "functions", answers.Functions.OrderBy(f => f.Key.Binary, StringComparer.Ordinal).ThenBy(f => f.Key.Symbol, StringComparer.Ordinal), function =>
        {
            json.WriteString("binary", function.Key.Binary);
            json.WriteString("symbol", function.Key.Symbol);
            if (function.Value is not { } place)
                return;
            json.WriteNumber("offset", place.Offset);
            json.WriteNumber("size", place.Size);
        });
        WriteArray(json, "functionLists", answers.FunctionLists.OrderBy(list => list.Key, StringComparer.Ordinal), list =>
        {
            json.WriteString("binary", list.Key);
            WriteTexts(json, "names", list.Value);
        });
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteObject<T>(Utf8JsonWriter json, string name, T? value, Action<Utf8JsonWriter, T> write)
        where T : struct
    {
        if (value is not { } known)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        write(json, known);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string>? texts)
    {
        if (texts is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
