using System.Diagnostics;
using System.Text;
using CsCheck;
using Imker.Linux.Interop;
using Imker.TestKit;
using Microsoft.Win32.SafeHandles;

namespace Imker.Linux.Tests.Files;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ProcessFilesTests
{
    [Fact]
    public void A_mapped_file_is_opened_in_the_root_of_its_process()
    {
        Machine.RequireRoot();
        using var directory = new TemporaryDirectory();
        string inner = directory.Write("lib/libx.so", "inner");
        using var process = new ChrootedProcess(directory.Path);
        using SafeFileHandle? file = ProcessFiles.OpenMapped(process.Id, "/lib/libx.so", KeyOf(inner));
        Assert.NotNull(file);
    }

    [Fact]
    public void A_file_that_is_another_one_by_now_is_not_given()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.Write("libx.so", "old");
        FileKey key = KeyOf(path);
        File.Move(directory.Write("new", "new"), path, overwrite: true);
        Assert.Null(ProcessFiles.OpenMapped(Environment.ProcessId, path, key));
        Assert.Null(ProcessFiles.OpenMapped(GoneProcess(), path, key));
    }

    [Fact]
    public void The_file_of_a_process_that_has_ended_is_found_in_our_own_root()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.Write("libx.so", "x");
        using SafeFileHandle? file = ProcessFiles.OpenMapped(GoneProcess(), path, KeyOf(path));
        Assert.NotNull(file);
    }

    [Fact]
    public void A_perf_map_of_the_process_s_own_user_is_read()
    {
        string path = $"/tmp/perf-{Environment.ProcessId}.map";
        File.WriteAllText(path, "1000 10 f");
        try
        {
            using (SafeFileHandle? file = ProcessFiles.OpenPerfMap(Environment.ProcessId))
                Assert.NotNull(file);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.OtherWrite);
            Assert.Null(ProcessFiles.OpenPerfMap(Environment.ProcessId));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupWrite);
            Assert.Null(ProcessFiles.OpenPerfMap(Environment.ProcessId));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_perf_map_that_another_user_wrote_or_linked_is_not()
    {
        Machine.RequireRoot();
        using var directory = new TemporaryDirectory();
        string path = $"/tmp/perf-{Environment.ProcessId}.map", own = directory.Write("map", "1000 10 f");
        try
        {
            File.CreateSymbolicLink(path, own);
            Assert.Null(ProcessFiles.OpenPerfMap(Environment.ProcessId));
            File.Delete(path);
            File.WriteAllText(path, "1000 10 f");
            Assert.Equal(0, RunningProgram.RunShell($"chown nobody {path}").ExitCode);
            Assert.Null(ProcessFiles.OpenPerfMap(Environment.ProcessId));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void The_perf_map_of_a_process_in_a_pid_namespace_bears_its_id_in_there()
    {
        Machine.RequireRoot();
        using RunningProgram container = RunningProgram.Shell("exec unshare --pid --fork sh -c 'echo $$ $(readlink /proc/self/ns/pid); exec sleep 60'");
        container.WaitForOutput("pid:");
        int id = Directory.GetDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), out int n) ? n : 0)
            .Single(n => n > 0 && ParentOf(n) == container.ProcessId);
        Assert.Equal(1, ProcessStatus.TryRead(id)!.Value.InnermostId);
    }

    [Fact]
    public void Memory_of_a_process_is_read_whole_or_not_at_all()
    {
        string maps = Encoding.UTF8.GetString(ProcessFiles.ReadMaps(Environment.ProcessId)!);
        string vdso = maps.Split('\n').Single(l => l.EndsWith("[vdso]", StringComparison.Ordinal));
        ulong start = Convert.ToUInt64(vdso.Split('-')[0], 16);
        byte[]? image = ProcessFiles.ReadMemory(Environment.ProcessId, start, 64);
        Assert.NotNull(image);
        Assert.Equal("\x7f" + "ELF", Encoding.Latin1.GetString(image, 0, 4));
        Assert.Null(ProcessFiles.ReadMemory(Environment.ProcessId, 16, 64));
        Assert.Null(ProcessFiles.ReadMemory(GoneProcess(), start, 64));
    }

    [Fact]
    public void A_status_file_of_anything_does_not_throw()
    {
        string text = File.ReadAllText("/proc/self/status");
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Char[' ', '~']).Array[1, 30].Sample(changes =>
        {
            char[] mutated = text.ToCharArray();
            foreach ((int at, char c) in changes)
                mutated[at] = c;
            ProcessStatus.Parse(new string(mutated), 1);
        }, iter: 500);
        Gen.String.Sample(random => ProcessStatus.Parse(random, 1), iter: 500);
    }

    private static FileKey KeyOf(string path)
    {
        Assert.True(FileFacts.TryGet(path, out FileStatus status));
        return new FileKey(status.DeviceMajor, status.DeviceMinor, status.Inode);
    }

    private static int GoneProcess()
    {
        using Process process = Process.Start("/bin/true");
        process.WaitForExit();
        return process.Id;
    }

    private static int ParentOf(int processId)
    {
        string[] lines = Encoding.UTF8.GetString(PseudoFile.TryRead($"/proc/{processId}/status") ?? []).Split('\n');
        string parent = lines.FirstOrDefault(l => l.StartsWith("PPid:", StringComparison.Ordinal)) ?? "PPid: 0";
        return int.Parse(parent[5..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
