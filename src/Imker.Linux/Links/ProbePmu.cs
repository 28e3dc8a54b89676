namespace Imker.Linux;

/// <summary>A perf unit of the kernel for probes, as sysfs describes it.</summary>
/// <param name="Type">For <c>perf_event_attr.type</c>.</param>
/// <param name="ReturnBit">The bit of <c>config</c> that asks for the function's return.</param>
/// <param name="SemaphoreBit">The lowest bit of <c>config</c> where a semaphore's place in the file goes; user space only.</param>
internal sealed record ProbePmu(uint Type, int ReturnBit, int SemaphoreBit)
{
    private const int DefaultSemaphoreBit = 32;

    private static readonly Lazy<ProbePmu?> uprobes = new(() => Read("uprobe")), kprobes = new(() => Read("kprobe"));

    /// <summary>Null where this kernel has no uprobes.</summary>
    internal static ProbePmu? Uprobes => uprobes.Value;

    /// <summary>Null where this kernel has no kprobes.</summary>
    internal static ProbePmu? Kprobes => kprobes.Value;

    private static ProbePmu? Read(string name)
    {
        string directory = $"/sys/bus/event_source/devices/{name}";
        return uint.TryParse(PseudoFile.TryReadText($"{directory}/type"), out uint type)
            ? new ProbePmu(type, FirstBit($"{directory}/format/retprobe", 0), FirstBit($"{directory}/format/ref_ctr_offset", DefaultSemaphoreBit))
            : null;
    }

    // Such as "config:0" or "config:32-63".
    private static int FirstBit(string path, int without)
    {
        string text = PseudoFile.TryReadText(path)?.Trim() ?? "";
        return text.StartsWith("config:", StringComparison.Ordinal) && int.TryParse(text[7..].Split('-')[0], out int bit) ? bit : without;
    }
}
