using Imker.Btf;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Filter.Ebpf;

/// <summary>The oldest kernel that programs are made for (5.10): what is compiled for it runs on every later one.</summary>
internal sealed class BaselineTarget : ITargetFacts
{
    public static BaselineTarget Instance { get; } = new();

    public TargetArchitecture Architecture => TargetArchitecture.X64;

    public Version KernelVersion { get; } = new(5, 10);

    public int PossibleCpus => 1;

    public BtfFile? KernelBtf => null;

    public string? TracepointProblem => null;

    public PidNamespace? PidNamespace => null;

    public bool Has(KernelFeature feature) => feature.Since <= KernelVersion;

    public bool HasHelper(ProgramType type, HelperId helper) => HelperTable.Get(helper).Since <= KernelVersion;

    public IReadOnlyList<string>? TracepointEvents(string category) => [];

    public IReadOnlyList<string>? TracepointCategories() => [];

    public TracepointFormat? Tracepoint(string category, string name) => null;

    public string? FindBinary(string name, int? processId) => null;

    public UserFunction? FindFunction(string binary, string symbol) => null;

    public IReadOnlyList<string> Functions(string binary) => [];

    public ulong? KernelSymbol(string name) => null;
}
