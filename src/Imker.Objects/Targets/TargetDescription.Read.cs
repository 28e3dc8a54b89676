using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Objects;

public sealed partial class TargetDescription
{
    /// <summary>Reads the bytes of a file that <see cref="RecordingTargetFacts.ToDescription"/> made.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="kernelBtf">The BTF that the target's kernel has; needed only by what asks for types of the kernel.</param>
    /// <exception cref="DiagnosticException">It is no description, or the BTF is that of another kernel.</exception>
    public static TargetDescription Read(string name, ReadOnlyMemory<byte> bytes, BtfFile? kernelBtf = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        TargetAnswers answers = ModelNode.Parse(ObjectDiagnosticId.BadDescription, name, bytes, ReadAnswers);
        if (kernelBtf is not null && answers.KernelBtf?.Value is { } identity && identity != BtfIdentity.Of(kernelBtf))
            throw new DiagnosticException([new Diagnostic(Severity.Error, ObjectDiagnosticId.BadDescription, SourceSpan.None,
                $"cannot use {kernelBtf.Name} with {name}: the description is of a kernel with {identity.Types} types, this BTF has {kernelBtf.OwnCount}")]);
        return new TargetDescription(name, answers, kernelBtf);
    }

    /// <summary>As <see cref="Read"/>, with the findings as a value.</summary>
    public static bool TryRead(
        string name, ReadOnlyMemory<byte> bytes, BtfFile? kernelBtf, [NotNullWhen(true)] out TargetDescription? description,
        out ImmutableArray<Diagnostic> diagnostics)
    {
        try
        {
            (description, diagnostics) = (Read(name, bytes, kernelBtf), []);
            return true;
        }
        catch (DiagnosticException e)
        {
            (description, diagnostics) = (null, e.Diagnostics);
            return false;
        }
    }

    private static TargetAnswers ReadAnswers(ModelNode root)
    {
        if (root.Int32("version") is not Version and var version)
            throw root.Malformed("version", $"is {version}, this reader knows {Version}");
        var answers = new TargetAnswers();
        ReadMachine(root, answers);
        ReadFeatures(root, answers);
        ReadTracepoints(root, answers);
        ReadBinaries(root, answers);
        return answers;
    }

    private static void ReadMachine(ModelNode root, TargetAnswers answers)
    {
        if (root.Has("architecture"))
            answers.Architecture = new(root.Member<TargetArchitecture>("architecture"));
        if (root.OptionalText("kernel") is { } kernel)
            answers.KernelVersion = new(System.Version.TryParse(kernel, out Version? release) ? release : throw root.Malformed("kernel", "is no release"));
        if (root.Has("possibleCpus"))
            answers.PossibleCpus = new(root.Int32("possibleCpus", min: 1));
        if (root.Has("kernelBtf"))
            answers.KernelBtf = new(root.IsNull("kernelBtf") ? null : ReadIdentity(root.Node("kernelBtf")));
        if (root.Has("pidNamespace"))
            answers.PidNamespace = new(root.IsNull("pidNamespace") ? null : ReadNamespace(root.Node("pidNamespace")));
        foreach ((string name, ulong? address) in root.Array("kernelSymbols", node =>
            (node.Text("name"), node.Has("address") ? node.UInt64("address") : (ulong?)null)))
            answers.KernelSymbols[name] = address;
        foreach ((string name, string? value) in root.Array("kernelConfiguration", node => (node.Text("name"), node.OptionalText("value"))))
            answers.KernelConfiguration[name] = value;
    }

    private static void ReadFeatures(ModelNode root, TargetAnswers answers)
    {
        ModelNode? features = root.OptionalNode("features");
        // A feature that this release does not know, it does not ask for either.
        foreach (KernelFeature feature in KernelFeature.All.Where(feature => features?.Has(feature.Name) == true))
            answers.Features[feature] = features!.Flag(feature.Name);
        foreach ((ProgramType type, HelperId helper, bool has) in root.Array("helpers", node =>
            (KernelNumber.Read(node, "type", KernelConstants.ProgramTypes), HelperNames.Read(node, "helper"), node.Flag("has"))))
            answers.Helpers[(type, helper)] = has;
    }

    private static void ReadTracepoints(ModelNode root, TargetAnswers answers)
    {
        if (root.Has("tracepointProblem"))
            answers.TracepointProblem = new(root.IsNull("tracepointProblem") ? null : root.Text("tracepointProblem"));
        if (root.Has("categories"))
            answers.Categories = new(ReadTexts(root, "categories"));
        foreach ((string category, IReadOnlyList<string>? names) in root.Array("events", node => (node.Text("category"), ReadTexts(node, "names"))))
            answers.Events[category] = names;
        foreach ((string category, string name, TracepointFormat? format) in root.Array("tracepoints", ReadTracepoint))
            answers.Tracepoints[(category, name)] = format;
    }

    private static (string Category, string Name, TracepointFormat? Format) ReadTracepoint(ModelNode node)
    {
        string category = node.Text("category"), name = node.Text("event");
        TracepointFormat? format = node.Has("id") ? new TracepointFormat(category, name, node.Int32("id"), node.Array("fields", ReadField)) : null;
        return (category, name, format);
    }

    private static TracepointField ReadField(ModelNode node) => new(
        node.Text("name"), node.Text("type"), node.Int32("offset"), node.Int32("size"), node.Flag("signed"), node.Int32("arrayLength"),
        node.Member<DataLocation>("location"));

    private static void ReadBinaries(ModelNode root, TargetAnswers answers)
    {
        foreach ((string name, int? process, string? path) in root.Array("binaries", node =>
            (node.Text("name"), node.Has("process") ? node.Int32("process", min: int.MinValue) : (int?)null, node.OptionalText("path"))))
            answers.Binaries[(name, process)] = path;
        foreach ((string binary, string symbol, UserFunction? place) in root.Array("functions", node =>
            (node.Text("binary"), node.Text("symbol"), node.Has("offset") ? new UserFunction(node.UInt64("offset"), node.UInt64("size")) : (UserFunction?)null)))
            answers.Functions[(binary, symbol)] = place;
        foreach ((string binary, ImmutableArray<string> names) in root.Array("functionLists", node => (node.Text("binary"), node.Texts("names"))))
            answers.FunctionLists[binary] = names;
    }

    private static BtfIdentity ReadIdentity(ModelNode node) => new(node.Int32("types"), node.Int32("strings"));

    private static PidNamespace ReadNamespace(ModelNode node) => new(node.UInt64("device"), node.UInt64("inode"));

    private static IReadOnlyList<string>? ReadTexts(ModelNode node, string name) => node.IsNull(name) ? null : node.Texts(name);
}
