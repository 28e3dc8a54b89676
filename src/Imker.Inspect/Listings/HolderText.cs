using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>Processes that hold an object, as tables show them: <c>bash(1234),systemd(1)</c>.</summary>
internal static class HolderText
{
    internal static string Of(OutputValue holders) =>
        string.Join(',', holders.Items.Select(holder => $"{RecordColumn.Find(holder, "comm")}({RecordColumn.Find(holder, "pid")})"));
}
