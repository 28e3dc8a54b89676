using System.Collections.Immutable;
using System.Text.Json;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>Programs, functions and kernel symbols in JSON: what their symbols, code and lines in the file do not say.</summary>
internal static class CodeModel
{
    public static void Write(Utf8JsonWriter json, ProgramSpec program, FileNames names)
    {
        json.WriteStartObject();
        json.WriteString("symbol", names.Programs[program.Name]);
        json.WriteString("name", program.Name);
        json.WriteString("type", KernelConstants.ProgramTypes.NameOf(program.Type));
        if (program.ExpectedAttachType is { } attach)
            json.WriteString("attach", KernelConstants.AttachTypes.NameOf(attach));
        if (program.AttachTarget is { } target)
            json.WriteString("target", target);
        if (program.IsSleepable)
            json.WriteBoolean("sleepable", true);
        if (program.TakesFragments)
            json.WriteBoolean("fragments", true);
        if (!program.IsAutoLoaded)
            json.WriteBoolean("onRequest", true);
        json.WriteString("display", program.DisplayName);
        json.WriteStartObject("entry");
        WriteMembers(json, program.Entry);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static ProgramSpec ReadProgram(ModelNode node, CodeReader code)
    {
        ModelNode entry = node.Node("entry");
        return new ProgramSpec
        {
            Name = node.Text("name"),
            Type = KernelNumber.Read(node, "type", KernelConstants.ProgramTypes),
            ExpectedAttachType = node.Has("attach") ? KernelNumber.Read(node, "attach", KernelConstants.AttachTypes) : null,
            AttachTarget = node.OptionalText("target"),
            IsSleepable = node.Flag("sleepable"),
            TakesFragments = node.Flag("fragments"),
            IsAutoLoaded = !node.Flag("onRequest"),
            DisplayName = node.Text("display"),
            Entry = ReadMembers(entry, code.Read(node, node.Text("symbol"))),
        };
    }

    public static void Write(Utf8JsonWriter json, FunctionSpec function, FileNames names)
    {
        json.WriteStartObject();
        json.WriteString("symbol", names.Functions[function.Name]);
        WriteMembers(json, function);
        json.WriteEndObject();
    }

    public static FunctionSpec ReadFunction(ModelNode node, CodeReader code) => ReadMembers(node, code.Read(node, node.Text("symbol")));

    public static void Write(Utf8JsonWriter json, Reference reference, string symbol)
    {
        json.WriteStartObject();
        json.WriteString("symbol", symbol);
        json.WriteString("name", FileNames.KernelNameOf(reference));
        switch (reference)
        {
            case KfuncReference function:
                json.WriteString("kind", "function");
                if (function.Module is not null)
                    json.WriteString("module", function.Module);
                json.WriteBoolean("weak", function.IsWeak);
                break;
            case KernelSymbolReference variable:
                json.WriteString("kind", variable.IsTyped ? "typed" : "address");
                json.WriteBoolean("weak", variable.IsWeak);
                break;
        }
        json.WriteEndObject();
    }

    public static Reference ReadKernelSymbol(ModelNode node) => node.Text("kind") switch
    {
        "function" => new KfuncReference(node.Text("name"), node.OptionalText("module"), node.Flag("weak")),
        "typed" => new KernelSymbolReference(node.Text("name"), IsTyped: true, node.Flag("weak")),
        "address" => new KernelSymbolReference(node.Text("name"), IsTyped: false, node.Flag("weak")),
        var kind => throw node.Malformed("kind", $"is '{kind}', known are function, typed and address"),
    };

    private static void WriteMembers(Utf8JsonWriter json, FunctionSpec function)
    {
        json.WriteString("name", function.Name);
        if (function.BtfTypeId != 0)
            json.WriteNumber("btfType", function.BtfTypeId);
        if (function.IsGlobal)
            json.WriteBoolean("global", true);
        if (function.IsWeak)
            json.WriteBoolean("weak", true);
        if (!LineRecords.CanSay(function))
            WriteLines(json, function.Lines);
    }

    private static FunctionSpec ReadMembers(ModelNode node, FunctionSpec function) => function with
    {
        Name = node.Text("name"),
        BtfTypeId = node.UInt32("btfType"),
        IsGlobal = node.Flag("global"),
        IsWeak = node.Flag("weak"),
        Lines = node.Has("lines") ? node.Array("lines", ReadLine) : function.Lines,
    };

    private static void WriteLines(Utf8JsonWriter json, ImmutableArray<SourceLine> lines)
    {
        json.WriteStartArray("lines");
        foreach (SourceLine line in lines)
        {
            json.WriteStartObject();
            json.WriteNumber("instruction", line.Instruction);
            json.WriteString("file", line.File);
            json.WriteNumber("line", line.Line);
            json.WriteNumber("column", line.Column);
            json.WriteString("text", line.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static SourceLine ReadLine(ModelNode node) => new(
        node.Int32("instruction"), node.Text("file"), node.Int32("line", min: int.MinValue), node.Int32("column", min: int.MinValue), node.Text("text"));
}
