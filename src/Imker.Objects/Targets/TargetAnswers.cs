using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>An answer that was given, which may be that there is nothing.</summary>
internal readonly record struct Answer<T>(T Value);

/// <summary>The questions of <see cref="ITargetFacts"/> that were asked of a target, with its answers.</summary>
internal sealed class TargetAnswers
{
    public Answer<TargetArchitecture>? Architecture { get; set; }

    public Answer<Version>? KernelVersion { get; set; }

    public Answer<int>? PossibleCpus { get; set; }

    public Answer<BtfIdentity?>? KernelBtf { get; set; }

    public Answer<string?>? TracepointProblem { get; set; }

    public Answer<PidNamespace?>? PidNamespace { get; set; }

    public Answer<IReadOnlyList<string>?>? Categories { get; set; }

    public Dictionary<string, IReadOnlyList<string>?> Events { get; } = [];

    public Dictionary<(string Category, string Name), TracepointFormat?> Tracepoints { get; } = [];

    public Dictionary<KernelFeature, bool> Features { get; } = [];

    public Dictionary<(ProgramType Type, HelperId Helper), bool> Helpers { get; } = [];

    public Dictionary<(string Name, int? ProcessId), string?> Binaries { get; } = [];

    public Dictionary<(string Binary, string Symbol), UserFunction?> Functions { get; } = [];

    public Dictionary<string, IReadOnlyList<string>> FunctionLists { get; } = [];

    public Dictionary<string, ulong?> KernelSymbols { get; } = [];

    public Dictionary<string, string?> KernelConfiguration { get; } = [];
}

/// <summary>Which BTF it is: a description does not hold the kernel's, it is megabytes, but knows when another is given.</summary>
/// <param name="Types">How many it has.</param>
/// <param name="StringsSize">Bytes of its strings.</param>
internal readonly record struct BtfIdentity(int Types, int StringsSize)
{
    public static BtfIdentity Of(Btf.BtfFile btf) => new(btf.OwnCount, btf.StringsSize);
}
