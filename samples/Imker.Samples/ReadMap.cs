using Imker.Hosting;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Samples;

/// <summary>Reads a script's map by its types, while the script is attached.</summary>
internal static class ReadMap
{
    private const string Script = "tracepoint:syscalls:sys_enter_chdir /pid == $own/ { @seen[tid] = nsecs; }";

    public static int Run()
    {
        BpfObject compiled = CompileScript.Compile(Script.Replace("$own", $"{Environment.ProcessId}", StringComparison.Ordinal), new LinuxTargetFacts());
        using LoadedObject loaded = ObjectLoader.Load(compiled);
        foreach (AttachFailure failure in loaded.Attach())
            throw failure.Reason;
        Directory.SetCurrentDirectory("/");

        string name = compiled.Views.Single(v => v.Name == "@seen").Map;
        var seen = new BpfMap<ulong, ulong>(loaded.Maps[name]);
        foreach ((ulong thread, ulong nanoseconds) in seen)
            Console.WriteLine($"thread {thread} changed its directory {nanoseconds} ns after the start of the machine");
        return 0;
    }
}
