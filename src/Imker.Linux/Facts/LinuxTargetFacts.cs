using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>The running machine as the target of a front end. Each question is put to the kernel when it is first asked.</summary>
public sealed class LinuxTargetFacts : ITargetFacts
{
    private readonly Lazy<(TraceFileSystem? Files, string? Problem)> tracing =
        new(() => (TraceFileSystem.Find(out string? problem), problem));

    private readonly Lazy<Version> version = new(() => KernelRelease.Version);
    private readonly Lazy<IReadOnlyList<string>?> categories;
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>?> events = new();
    private readonly ConcurrentDictionary<(string, string), TracepointFormat?> formats = new();
    private readonly ConcurrentDictionary<(string, int?), string?> binaries = new();
    private readonly ConcurrentDictionary<string, ulong?> symbols = new();
    private readonly Lazy<PidNamespace?> pidNamespace = new(() => PidNamespaces.OfThisProcess);
    private readonly Lazy<byte[]> symbolList = new(KernelSymbols.ReadAll);

    public LinuxTargetFacts() => categories = new(() => tracing.Value.Files?.ReadCategories());

    public TargetArchitecture Architecture =>
        RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? TargetArchitecture.Arm64 : TargetArchitecture.X64;

    public Version KernelVersion => version.Value;

    public int PossibleCpus => Cpus.PossibleCount;

    public BtfFile? KernelBtf => KernelBtfFile.Types;

    public string? TracepointProblem => tracing.Value.Problem;

    public PidNamespace? PidNamespace => pidNamespace.Value;

    public bool Has(KernelFeature feature) => FeatureProbes.Ask(feature) == FeatureState.Present;

    public bool HasHelper(ProgramType type, HelperId helper) => FeatureProbes.AskHelper(type, helper) == FeatureState.Present;

    public IReadOnlyList<string>? TracepointCategories() => categories.Value;

    public IReadOnlyList<string>? TracepointEvents(string category) =>
        events.GetOrAdd(category, c => tracing.Value.Files?.ReadEvents(c));

    public TracepointFormat? Tracepoint(string category, string name) =>
        formats.GetOrAdd((category, name), e => tracing.Value.Files?.ReadFormat(e.Item1, e.Item2));

    public string? FindBinary(string name, int? processId) =>
        binaries.GetOrAdd((name, processId), question => BinaryResolver.Find(question.Item1, question.Item2));

    public UserFunction? FindFunction(string binary, string symbol) => UserBinaries.FindFunction(binary, symbol);

    public IReadOnlyList<string> Functions(string binary) => UserBinaries.FunctionNames(binary);

    public string? KernelConfiguration(string name) => name == "LINUX_KERNEL_VERSION"
        ? KernelRelease.Code.ToString(CultureInfo.InvariantCulture)
        : KernelConfigurationFile.Find(name);

    public ulong? KernelSymbol(string name) => symbols.GetOrAdd(name, n => KernelSymbols.Find(symbolList.Value, n));
}
