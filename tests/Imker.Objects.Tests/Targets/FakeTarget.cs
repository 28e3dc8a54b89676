using Imker.Btf;
using Imker.Bytecode;

namespace Imker.Objects.Tests.Targets;

/// <summary>A small machine that counts the questions it is asked.</summary>
internal sealed class FakeTarget : ITargetFacts
{
    private static readonly TracepointFormat format = new("sched", "sched_switch", 317,
    [
        new TracepointField("prev_comm", "char", 8, 16, IsSigned: false, 16, DataLocation.Inline),
        new TracepointField("filename", "__data_loc char[]", 24, 4, IsSigned: true, 0, DataLocation.FromContext),
    ]);

    public int Questions { get; private set; }

    public BtfFile? Types { get; init; }

    public TargetArchitecture Architecture => Asked(TargetArchitecture.Arm64);

    public Version KernelVersion => Asked(new Version(6, 12));

    public int PossibleCpus => Asked(128);

    public BtfFile? KernelBtf => Asked(Types);

    public string? TracepointProblem => Asked<string?>(null);

    public PidNamespace? PidNamespace => Asked<PidNamespace?>(new PidNamespace(4, ulong.MaxValue));

    public bool Has(KernelFeature feature) => Asked(feature.Since < new Version(6, 0));

    public bool HasHelper(ProgramType type, HelperId helper) => Asked(type == ProgramType.Kprobe || helper == HelperId.GetSmpProcessorId);

    public IReadOnlyList<string>? TracepointEvents(string category) => Asked<IReadOnlyList<string>?>(category switch
    {
        "sched" => ["sched_switch", "sched_wakeup"],
        "secret" => null,
        _ => [],
    });

    public IReadOnlyList<string>? TracepointCategories() => Asked<IReadOnlyList<string>?>(["sched", "secret"]);

    public TracepointFormat? Tracepoint(string category, string name) => Asked(name == format.Event ? format : null);

    public string? FindBinary(string name, int? processId) => Asked(name == "libc" ? $"/proc/{processId}/root/lib/libc.so.6" : null);

    public UserFunction? FindFunction(string binary, string symbol) => Asked<UserFunction?>(symbol == "malloc" ? new UserFunction(0x1234, 0) : null);

    public IReadOnlyList<string> Functions(string binary) => Asked<IReadOnlyList<string>>(["malloc", "free"]);

    public ulong? KernelSymbol(string name) => Asked<ulong?>(name == "jiffies" ? 0xffff_ffff_8000_0000 : null);

    public string? KernelConfiguration(string name) => Asked(name switch
    {
        "CONFIG_HZ" => "250",
        "CONFIG_DEFAULT_HOSTNAME" => "\"(none)\"",
        "CONFIG_BPF_SYSCALL" => "y",
        "CONFIG_IPV6" => "m",
        "LINUX_KERNEL_VERSION" => "396288",
        _ => null,
    });

    private T Asked<T>(T answer)
    {
        Questions++;
        return answer;
    }
}
