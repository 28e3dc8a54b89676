using Imker.Objects;

namespace Imker.Linux;

/// <summary>The kernel's perf unit for uprobes, as sysfs describes it.</summary>
/// <param name="Type">For <c>perf_event_attr.type</c>.</param>
/// <param name="ReturnBit">The bit of <c>config</c> that asks for the function's return.</param>
internal sealed record UprobePmu(uint Type, int ReturnBit)
{
    private const string Directory = "/sys/bus/event_source/devices/uprobe";

    private static readonly Lazy<UprobePmu?> instance = new(Read);

    /// <summary>Null where this kernel has no uprobes.</summary>
    internal static UprobePmu? OfThisKernel => instance.Value;

    private static UprobePmu? Read()
    {
        if (!uint.TryParse(PseudoFile.TryReadText($"{Directory}/type"), out uint type))
            return null;
        string bit = PseudoFile.TryReadText($"{Directory}/format/retprobe")?.Trim() ?? "";
        return new UprobePmu(type, bit.StartsWith("config:", StringComparison.Ordinal) && int.TryParse(bit[7..], out int number) ? number : 0);
    }
}
