using System.Diagnostics;
using Imker.Linux;

namespace Imker.Samples;

/// <summary>Uses the class that 'imker gen csharp' wrote for starts.bpf.o.</summary>
internal static class UseGeneratedClass
{
    public static int Run()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "starts.bpf.o");
        using Starts starts = Starts.Load(path, constants => constants.OnlyParent = (uint)Environment.ProcessId);
        starts.Attach();
        using RingBuffer ring = starts.Maps.OpenStarts();
        for (int i = 0; i < 3; i++)
        {
            using Process child = Process.Start("/bin/true");
            child.WaitForExit();
        }
        foreach (ReadOnlySpan<byte> record in ring.Read())
        {
            ref readonly Start start = ref Start.From(record);
            Console.WriteLine($"{start.Comm} was started");
        }
        Console.WriteLine($"{starts.Variables.Seen} in all, {starts.Maps.ByParent[(uint)Environment.ProcessId]} by this process");
        return 0;
    }
}
