using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>The section <c>.imker</c>: what an object is besides its code, data, types and lines, in JSON (docs/object-format.md).</summary>
internal static class ObjectModel
{
    private const int Version = 1;

    // Text as it is, so that 'readelf -p .imker' shows it.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 128 };

    /// <summary>The section's bytes: JSON between two zeros, as string tables have them.</summary>
    public static byte[] Write(BpfObject of, FileNames names, ObjectTypes types)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("\0"u8);
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("name", of.Name);
            WriteTypes(json, of, types);
            WriteCode(json, of, names);
            WriteMeaning(json, of);
            json.WriteEndObject();
        }
        output.Write("\0"u8);
        return output.WrittenSpan.ToArray();
    }

    /// <exception cref="DiagnosticException">The section is malformed, or newer than this reader.</exception>
    public static BpfObject Read(ObjectFile file, ReadOnlyMemory<byte> section)
    {
        ReadOnlyMemory<byte> json = section.Span is [0, .., 0] ? section[1..^1] : section;
        return ModelNode.Parse(ObjectDiagnosticId.Malformed, $"{FileNames.ModelSection} of {file.Name}", json, model => Read(file, model));
    }

    private static BpfObject Read(ObjectFile file, ModelNode model)
    {
        if (model.Int32("version") is not Version and var version)
            throw model.Malformed("version", $"is {version}, this reader knows {Version}: the file was written by a newer release");
        ModelNode? btf = model.OptionalNode("btf");
        var links = new LinkNames();
        ImmutableArray<MapSpec> maps = model.Array("maps", node => ReadMap(node, file, links));
        foreach ((string symbol, string name) in model.Array("functions", node => (node.Text("symbol"), node.Text("name"))))
            links.Functions[symbol] = name;
        foreach ((string symbol, Reference reference) in model.Array("kernel", node => (node.Text("symbol"), CodeModel.ReadKernelSymbol(node))))
            links.KernelSymbols[symbol] = reference;
        ImmutableArray<KernelVariable> configuration = model.Array("kernelVariables", VariableModel.ReadKernel);
        foreach (KernelVariable variable in configuration)
            links.KernelSymbols[variable.Name] = new MapReference(FileNames.ConfigurationSection, variable.Offset, ValueAddress: true);
        var code = new CodeReader(file, links);
        ImmutableArray<SourceText> sources = ModelSources.Read(model);
        return new BpfObject
        {
            Name = model.Text("name"),
            License = file.License,
            Btf = btf is null ? default : file.ReadTypes(btf),
            Maps = maps,
            Programs = model.Array("programs", node => CodeModel.ReadProgram(node, code)),
            Functions = model.Array("functions", node => CodeModel.ReadFunction(node, code)),
            Attachments = model.Array("attachments", node => AttachModel.Read(node, sources)),
            Records = model.Array("records", node => RecordModel.Read(node, sources)),
            Views = model.Array("views", RecordModel.ReadView),
            Losses = model.Array("losses", RecordModel.ReadLoss),
            LossMap = model.OptionalText("lossMap"),
            Variables = model.Array("variables", VariableModel.Read),
            KernelVariables = configuration,
        };
    }

    private static MapSpec ReadMap(ModelNode node, ObjectFile file, LinkNames links)
    {
        MapSpec map = MapModel.Read(node, file.ReadImage);
        if (node.OptionalText("section") is { } section)
            links.Sections[section] = map.Name;
        else
            links.Maps[node.Text("symbol")] = map.Name;
        return map;
    }

    private static void WriteTypes(Utf8JsonWriter json, BpfObject of, ObjectTypes types)
    {
        if (of.Btf.IsEmpty)
            return;
        json.WriteStartObject("btf");
        json.WriteNumber("types", types.OwnCount);
        json.WriteNumber("strings", types.OwnStringsSize);
        json.WriteEndObject();
    }

    private static void WriteCode(Utf8JsonWriter json, BpfObject of, FileNames names)
    {
        json.WriteStartArray("programs");
        foreach (ProgramSpec program in of.Programs)
            CodeModel.Write(json, program, names);
        json.WriteEndArray();
        json.WriteStartArray("functions");
        foreach (FunctionSpec function in of.Functions)
            CodeModel.Write(json, function, names);
        json.WriteEndArray();
        json.WriteStartArray("kernel");
        foreach ((Reference reference, string symbol) in names.KernelSymbols)
            CodeModel.Write(json, reference, symbol);
        json.WriteEndArray();
        json.WriteStartArray("maps");
        foreach (MapSpec map in of.Maps)
            MapModel.Write(json, map, names);
        json.WriteEndArray();
        json.WriteStartArray("variables");
        foreach (GlobalVariable variable in of.Variables)
            VariableModel.Write(json, variable);
        json.WriteEndArray();
        if (of.KernelVariables.IsEmpty)
            return;
        json.WriteStartArray("kernelVariables");
        foreach (KernelVariable variable in of.KernelVariables)
            VariableModel.Write(json, variable);
        json.WriteEndArray();
    }

    private static void WriteMeaning(Utf8JsonWriter json, BpfObject of)
    {
        var sources = new ModelSources();
        json.WriteStartArray("attachments");
        foreach (AttachSpec attachment in of.Attachments)
            AttachModel.Write(json, attachment, sources);
        json.WriteEndArray();
        json.WriteStartArray("records");
        foreach (RecordSchema record in of.Records)
            RecordModel.Write(json, record, sources);
        json.WriteEndArray();
        json.WriteStartArray("views");
        foreach (MapView view in of.Views)
            RecordModel.Write(json, view);
        json.WriteEndArray();
        json.WriteStartArray("losses");
        foreach (LossCounter loss in of.Losses)
            RecordModel.Write(json, loss);
        json.WriteEndArray();
        if (of.LossMap is not null)
            json.WriteString("lossMap", of.LossMap);
        sources.Write(json);
    }
}
