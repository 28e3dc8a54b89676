using Imker.Btf;
using Imker.Bytecode;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Compiler.Tests.Passes;

/// <summary>A machine of which passes only ask features and CPUs.</summary>
public sealed record TestTarget(params KernelFeature[] Missing) : ITargetFacts
{
    /// <summary>With what the running kernel has, for code that is to run there.</summary>
    public static TestTarget Running { get; } = new([.. KernelFeature.All.Where(f => FeatureProbes.Ask(f) != FeatureState.Present)]);

    public TargetArchitecture Architecture => TargetArchitecture.X64;

    public Version KernelVersion => new(6, 18);

    public int PossibleCpus { get; init; } = 2;

    public BtfFile? KernelBtf => null;

    public string? TracepointProblem => null;

    public PidNamespace? PidNamespace => null;

    public bool Has(KernelFeature feature) => !Missing.Contains(feature);

    public bool HasHelper(ProgramType type, HelperId helper) => true;

    public IReadOnlyList<string>? TracepointEvents(string category) => [];

    public IReadOnlyList<string>? TracepointCategories() => [];

    public TracepointFormat? Tracepoint(string category, string name) => null;

    public string? FindBinary(string name, int? processId) => null;

    public UserFunction? FindFunction(string binary, string symbol) => null;

    public IReadOnlyList<string> Functions(string binary) => [];

    public ulong? KernelSymbol(string name) => null;
}
