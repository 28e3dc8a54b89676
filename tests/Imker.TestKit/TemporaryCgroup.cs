using System.Globalization;

namespace Imker.TestKit;

/// <summary>A group of the version 2 hierarchy, wherever that is mounted; its processes are killed and it is removed at the end.</summary>
public sealed class TemporaryCgroup : IDisposable
{
    public TemporaryCgroup()
    {
        Machine.RequireRoot();
        string mount = File.ReadLines("/proc/self/mounts").Select(l => l.Split(' ')).First(m => m[2] == "cgroup2")[1];
        Directory = System.IO.Path.Combine(mount, $"imker-test-{Environment.ProcessId}-{Guid.NewGuid():N}");
        System.IO.Directory.CreateDirectory(Directory);
    }

    public string Directory { get; }

    public void Add(RunningProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        File.WriteAllText(ProcessList, program.ProcessId.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Runs a shell script in the group.</summary>
    public ProgramResult RunShell(string script) => RunningProgram.RunShell($"echo $$ >'{ProcessList}' && {{ {script}\n}}");

    public void Dispose()
    {
        long end = Environment.TickCount64 + 5000;
        while (File.ReadAllText(ProcessList) is { Length: > 0 } members && Environment.TickCount64 < end)
            RunningProgram.RunShell($"kill -KILL {members.Replace('\n', ' ')} 2>/dev/null; sleep 0.01");
        System.IO.Directory.Delete(Directory);
    }

    private string ProcessList => System.IO.Path.Combine(Directory, "cgroup.procs");
}
