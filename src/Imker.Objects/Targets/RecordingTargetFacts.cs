using System.Runtime.InteropServices;
using Imker.Btf;
using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>
/// Passes each question on to a target, once, and keeps the answer. <see cref="ToDescription"/> makes a file of them that answers
/// the same questions without the target. Safe for use by several threads.
/// </summary>
public sealed class RecordingTargetFacts : ITargetFacts
{
    private readonly ITargetFacts inner;
    private readonly Lock access = new();
    private readonly TargetAnswers answers = new();

    public RecordingTargetFacts(ITargetFacts inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        this.inner = inner;
    }

    public TargetArchitecture Architecture => Ask(() => (answers.Architecture ??= new(inner.Architecture)).Value);

    public Version KernelVersion => Ask(() => (answers.KernelVersion ??= new(inner.KernelVersion)).Value);

    public int PossibleCpus => Ask(() => (answers.PossibleCpus ??= new(inner.PossibleCpus)).Value);

    public string? TracepointProblem => Ask(() => (answers.TracepointProblem ??= new(inner.TracepointProblem)).Value);

    public PidNamespace? PidNamespace => Ask(() => (answers.PidNamespace ??= new(inner.PidNamespace)).Value);

    public BtfFile? KernelBtf => Ask(() =>
    {
        BtfFile? btf = inner.KernelBtf;
        answers.KernelBtf ??= new(btf is null ? null : BtfIdentity.Of(btf));
        return btf;
    });

    public bool Has(KernelFeature feature) => Ask(answers.Features, feature, inner.Has);

    public bool HasHelper(ProgramType type, HelperId helper) =>
        Ask(answers.Helpers, (type, helper), question => inner.HasHelper(question.Item1, question.Item2));

    public IReadOnlyList<string>? TracepointCategories() => Ask(() => (answers.Categories ??= new(inner.TracepointCategories())).Value);

    public IReadOnlyList<string>? TracepointEvents(string category) => Ask(answers.Events, category, inner.TracepointEvents);

    public TracepointFormat? Tracepoint(string category, string name) =>
        Ask(answers.Tracepoints, (category, name), question => inner.Tracepoint(question.Item1, question.Item2));

    public string? FindBinary(string name, int? processId) =>
        Ask(answers.Binaries, (name, processId), question => inner.FindBinary(question.Item1, question.Item2));

    public UserFunction? FindFunction(string binary, string symbol) =>
        Ask(answers.Functions, (binary, symbol), question => inner.FindFunction(question.Item1, question.Item2));

    public IReadOnlyList<string> Functions(string binary) => Ask(answers.FunctionLists, binary, inner.Functions);

    public ulong? KernelSymbol(string name) => Ask(answers.KernelSymbols, name, inner.KernelSymbol);

    public string? KernelConfiguration(string name) => Ask(answers.KernelConfiguration, name, inner.KernelConfiguration);

    /// <summary>The description of the target as far as it was asked, as the bytes of a file (docs/object-format.md).</summary>
    public byte[] ToDescription()
    {
        lock (access)
            return TargetDescription.Write(answers);
    }

    private T Ask<T>(Func<T> ask)
    {
        lock (access)
            return ask();
    }

    private TAnswer Ask<TQuestion, TAnswer>(Dictionary<TQuestion, TAnswer> known, TQuestion question, Func<TQuestion, TAnswer> ask)
        where TQuestion : notnull
    {
        lock (access)
        {
            ref TAnswer? answer = ref CollectionsMarshal.GetValueRefOrAddDefault(known, question, out bool isKnown);
            if (!isKnown)
                answer = ask(question);
            return answer!;
        }
    }
}
