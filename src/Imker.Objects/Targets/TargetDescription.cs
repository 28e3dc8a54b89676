using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>
/// A target as it once answered: what <see cref="RecordingTargetFacts"/> saved. It answers instead of the machine, so that the same
/// input gives the same object without that machine and without rights. A question that was not asked then throws
/// <see cref="DiagnosticException"/> (<see cref="ObjectDiagnosticId.UnansweredQuestion"/>).
/// </summary>
public sealed partial class TargetDescription : ITargetFacts
{
    private readonly string name;
    private readonly TargetAnswers answers;
    private readonly BtfFile? kernelBtf;

    private TargetDescription(string name, TargetAnswers answers, BtfFile? kernelBtf)
    {
        this.name = name;
        this.answers = answers;
        this.kernelBtf = kernelBtf;
    }

    public TargetArchitecture Architecture => Known(answers.Architecture, "its architecture");

    public Version KernelVersion => Known(answers.KernelVersion, "its kernel's release");

    public int PossibleCpus => Known(answers.PossibleCpus, "how many CPUs it may have");

    public string? TracepointProblem => Known(answers.TracepointProblem, "whether its tracepoints can be read");

    public PidNamespace? PidNamespace => Known(answers.PidNamespace, "its namespace of process ids");

    public BtfFile? KernelBtf
    {
        get
        {
            BtfIdentity? identity = Known(answers.KernelBtf, "its kernel's BTF");
            if (identity is null || kernelBtf is not null)
                return identity is null ? null : kernelBtf;
            throw Failure("the kernel's BTF is needed, which does not lie in the description",
                "give the file that was /sys/kernel/btf/vmlinux where the description was made");
        }
    }

    public bool Has(KernelFeature feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        return Known(answers.Features, feature, () => $"whether its kernel has {feature.Description} ({feature.Name})");
    }

    public bool HasHelper(ProgramType type, HelperId helper) => Known(answers.Helpers, (type, helper),
        () => $"whether programs of type {KernelConstants.ProgramTypes.NameOf(type)} may call {HelperNames.Of(helper)}");

    public IReadOnlyList<string>? TracepointCategories() => Known(answers.Categories, "its categories of tracepoints");

    public IReadOnlyList<string>? TracepointEvents(string category) =>
        Known(answers.Events, category, () => $"the tracepoints of category '{category}'");

    public TracepointFormat? Tracepoint(string category, string name) =>
        Known(answers.Tracepoints, (category, name), () => $"the tracepoint '{category}:{name}'");

    public string? FindBinary(string name, int? processId) => Known(answers.Binaries, (name, processId),
        () => $"where the program or library '{name}' is{(processId is { } id ? $" for process {id}" : "")}");

    public UserFunction? FindFunction(string binary, string symbol) =>
        Known(answers.Functions, (binary, symbol), () => $"where the function '{symbol}' of {binary} is");

    public IReadOnlyList<string> Functions(string binary) => Known(answers.FunctionLists, binary, () => $"the functions of {binary}");

    public ulong? KernelSymbol(string name) => Known(answers.KernelSymbols, name, () => $"the address of the kernel symbol '{name}'");

    public string? KernelConfiguration(string name) =>
        Known(answers.KernelConfiguration, name, () => $"the kernel's configuration of '{name}'");

    private T Known<T>(Answer<T>? answer, string question) => answer is { } known ? known.Value : throw Unanswered(question);

    private TAnswer Known<TQuestion, TAnswer>(Dictionary<TQuestion, TAnswer> known, TQuestion question, Func<string> text)
        where TQuestion : notnull => known.TryGetValue(question, out TAnswer? answer) ? answer : throw Unanswered(text());

    private DiagnosticException Unanswered(string question) => Failure($"it was never asked {question}",
        "make the description anew on the target, with what is compiled now");

    private DiagnosticException Failure(string problem, string hint) => new([
        new Diagnostic(Severity.Error, ObjectDiagnosticId.UnansweredQuestion, SourceSpan.None, $"cannot answer from the target description {name}: {problem}")
            .WithHint(hint),
    ]);
}
