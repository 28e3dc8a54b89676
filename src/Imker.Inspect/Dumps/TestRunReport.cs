using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>What came of a test run, with the keys of <c>bpftool prog run</c>.</summary>
public static class TestRunReport
{
    public static void Write(RecordOutput output, TestRunResult result)
    {
        ArgumentNullException.ThrowIfNull(output);
        ulong nanoseconds = (ulong)(result.Duration.TotalMicroseconds * 1000);
        if (output.IsJson)
            output.WriteJson(new RecordBuilder().Add("retval", result.ReturnValue).Add("duration", OutputValue.Unsigned(nanoseconds)).Build());
        else
            output.WriteLine($"Return value: {result.ReturnValue}, duration (average): {nanoseconds}ns");
    }
}
