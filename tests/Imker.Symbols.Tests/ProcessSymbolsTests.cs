using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using CsCheck;

namespace Imker.Symbols.Tests;

public sealed class ProcessSymbolsTests : IDisposable
{
    private static readonly string LibcPath = Process.GetCurrentProcess().Modules
        .Cast<ProcessModule>().Single(module => module.ModuleName == "libc.so.6").FileName;

    private readonly string directory = Directory.CreateTempSubdirectory("imker").FullName;
    private readonly ManualTime time = new();

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("qsort")]
    [InlineData("getaddrinfo")]
    [InlineData("regexec")]
    public void An_address_of_our_own_process_has_the_name_that_the_loader_gave_it_for(string name)
    {
        var symbols = new ProcessSymbols(new TestProcessFiles());
        ulong address = (ulong)NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), name);
        Assert.Equal(new Symbolized(address, name, 0, LibcPath), symbols.Resolve(Environment.ProcessId, address));
        Assert.Equal($"{name}+7", symbols.Resolve(Environment.ProcessId, address + 7).ToStringWithOffset());
    }

    [Fact]
    public void The_vdso_is_read_from_memory()
    {
        var symbols = new ProcessSymbols(new TestProcessFiles());
        ulong address = (ulong)NativeLibrary.GetExport(NativeLibrary.Load("linux-vdso.so.1"), "__vdso_getcpu");
        Symbolized found = symbols.Resolve(Environment.ProcessId, address);
        Assert.Equal(("[vdso]", 0UL), (found.Module, found.Offset));
        Assert.EndsWith("getcpu", found.Name);
    }

    [Fact]
    public void Memory_without_a_file_has_no_names()
    {
        var symbols = new ProcessSymbols(new TestProcessFiles());
        Assert.Equal(new Symbolized(16, null, 0, null), symbols.Resolve(Environment.ProcessId, 16));
        Assert.Equal("0x10", symbols.Resolve(Environment.ProcessId, 16).ToStringWithOffset());
    }

    [Fact]
    public void A_process_that_is_gone_leaves_the_address()
    {
        using Process process = Process.Start("true");
        process.WaitForExit();
        Assert.Equal("0xabc", new ProcessSymbols(new TestProcessFiles()).Resolve(process.Id, 0xabc).ToStringWithOffset());
    }

    [Fact]
    public void A_process_that_was_looked_at_keeps_its_names_after_its_end()
    {
        using Process process = Process.Start("sleep", "60");
        var symbols = new ProcessSymbols(new TestProcessFiles(), time);
        ulong address = AddressInLibc(process, "qsort");
        Assert.Equal("qsort", symbols.Resolve(process.Id, address).Name);
        process.Kill();
        process.WaitForExit();
        time.Advance(ProcessSymbols.RefreshInterval);
        Assert.Equal("qsort+1", symbols.Resolve(process.Id, address + 1).ToStringWithOffset());
    }

    [Fact]
    public void Mappings_are_read_again_after_a_while_and_files_that_stayed_are_not()
    {
        var files = new TestProcessFiles();
        var symbols = new ProcessSymbols(files, time);
        ulong address = (ulong)NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "qsort");
        for (ulong i = 0; i < 5; i++)
            symbols.Resolve(Environment.ProcessId, address + i);
        Assert.Equal((1, 1), (files.MapsRead, files.FilesOpened));
        time.Advance(ProcessSymbols.RefreshInterval);
        symbols.Resolve(Environment.ProcessId, address);
        Assert.Equal(2, files.MapsRead);
    }

    [Fact]
    public void A_new_program_in_the_same_process_is_noticed()
    {
        string maps = "400000-500000 r-xp 00000000 08:01 7 /first\n";
        var files = new TestProcessFiles { Maps = _ => Encoding.ASCII.GetBytes(maps), PathOf = (_, path) => path == "/first" ? LibcPath : null };
        var symbols = new ProcessSymbols(files, time);
        ulong address = 0x400000 + OffsetInLibc("qsort");
        Assert.Equal(new Symbolized(address, "qsort", 0, "/first"), symbols.Resolve(1, address));
        maps = "400000-500000 r-xp 00000000 08:01 8 /second\n";
        Assert.Equal("qsort", symbols.Resolve(1, address).Name);
        time.Advance(ProcessSymbols.RefreshInterval);
        Assert.Equal(new Symbolized(address, null, 0, "/second"), symbols.Resolve(1, address));
    }

    [Fact]
    public void A_file_that_was_written_anew_in_place_is_read_anew()
    {
        string path = Path.Combine(directory, "lib.so");
        File.Copy(LibcPath, path);
        string maps = "400000-600000 r-xp 00000000 08:01 7 /lib.so\n";
        var files = new TestProcessFiles { Maps = _ => Encoding.ASCII.GetBytes(maps), PathOf = (_, _) => path };
        var symbols = new ProcessSymbols(files, time);
        ulong address = 0x400000 + OffsetInLibc("qsort");
        Assert.Equal("qsort", symbols.Resolve(1, address).Name);
        File.WriteAllText(path, "no ELF file");
        maps += "700000-701000 r-xp 00000000 00:00 0\n";
        time.Advance(ProcessSymbols.RefreshInterval);
        Assert.Null(symbols.Resolve(1, address).Name);
    }

    [Fact]
    public void Code_without_a_file_is_named_by_the_perf_map_as_it_grows()
    {
        string path = Path.Combine(directory, "perf-1.map");
        File.WriteAllText(path, "7000 10 void Program::Main(string[])\n7010 20 old\nno line\n7010 20 new one\n");
        var files = new TestProcessFiles
        {
            Maps = _ => "7000-9000 r-xs 00000000 00:01 12 /memfd:doublemapper (deleted)\n"u8.ToArray(),
            PathOf = (_, _) => null,
            PerfMapPath = path,
        };
        var symbols = new ProcessSymbols(files, time);
        Assert.Equal("void Program::Main(string[])+1", symbols.Resolve(1, 0x7001).ToStringWithOffset());
        Assert.Equal("new one+0", symbols.Resolve(1, 0x7010).ToStringWithOffset());
        Assert.Null(symbols.Resolve(1, 0x7030).Name);
        File.AppendAllText(path, "0x7030 0x8 late\n");
        time.Advance(ProcessSymbols.RefreshInterval);
        Assert.Equal("late+7", symbols.Resolve(1, 0x7037).ToStringWithOffset());
        Assert.Null(symbols.Resolve(1, 0x7038).Name);
    }

    [Theory]
    [InlineData(1, "hidden+2")]
    [InlineData(2, "0x401022")]
    [InlineData(null, "0x401022")]
    public void A_stripped_file_has_the_names_of_its_debug_file_and_of_no_other(int? debugBuild, string expected)
    {
        string stripped = Write("stripped", SmallElf.Write(buildId: 1));
        string debug = Write("debug", debugBuild is { } build ? SmallElf.Write((byte)build, ("hidden", 0x1020, 16)) : [1, 2, 3]);
        var files = new TestProcessFiles
        {
            Maps = _ => "401000-402000 r-xp 00001000 08:01 7 /stripped\n"u8.ToArray(),
            PathOf = (_, _) => stripped,
            DebugFilePath = debug,
        };
        Assert.Equal(expected, new ProcessSymbols(files).Resolve(1, 0x401022).ToStringWithOffset());
    }

    [Fact]
    public void An_address_is_found_by_its_place_in_the_file()
    {
        string path = Write("lib.so", SmallElf.Write(1, ("first", 0x1000, 16), ("second", 0x1010, 4)));
        var files = new TestProcessFiles
        {
            Maps = _ => "7f0000001000-7f0000002000 r-xp 00001000 08:01 7 /lib.so\n"u8.ToArray(),
            PathOf = (_, _) => path,
            DebugFilePath = Write("debug", SmallElf.Write(1, ("unused", 0x1020, 16))),
        };
        var symbols = new ProcessSymbols(files);
        Assert.Equal("first+15", symbols.Resolve(1, 0x7f000000100f).ToStringWithOffset());
        Assert.Equal("second+0", symbols.Resolve(1, 0x7f0000001010).ToStringWithOffset());
        Assert.Null(symbols.Resolve(1, 0x7f0000001020).Name);
    }

    [Fact]
    public void No_mapped_file_breaks_it() =>
        Mutated.Of(SmallElf.Write(1, ("first", 0x1000, 16), ("second", 0x1010, 4))).Sample(bytes =>
        {
            var files = new TestProcessFiles
            {
                Maps = _ => "1000-2000 r-xp 00000000 00:00 0 [vdso]\n"u8.ToArray(),
                Memory = bytes,
            };
            Symbolized found = new ProcessSymbols(files).Resolve(1, 0x1008);
            Assert.Equal("[vdso]", found.Module);
        });

    [Fact]
    public void No_perf_map_breaks_it() =>
        Gen.OneOf(Gen.Byte.Array[0, 100], Mutated.Of("7000 10 one\n0x7010 20 two and\n7fff ffffffff x\n"u8.ToArray())).Sample(bytes =>
        {
            string path = Path.Combine(directory, Guid.NewGuid().ToString());
            File.WriteAllBytes(path, bytes);
            var files = new TestProcessFiles { Maps = _ => "7000-8000 r-xp 00000000 00:00 0\n"u8.ToArray(), PerfMapPath = path };
            Symbolized found = new ProcessSymbols(files).Resolve(1, 0x7018);
            Assert.True(found.Name is null || found.Offset <= 0x7018);
            File.Delete(path);
        });

    [Fact]
    public void Lines_longer_than_the_buffer_are_cut_and_the_next_are_whole()
    {
        string path = Path.Combine(directory, "long.map");
        File.WriteAllText(path, $"7000 10 {new string('x', 200_000)}\n7010 10 short\n");
        var files = new TestProcessFiles { Maps = _ => "7000-8000 r-xp 00000000 00:00 0\n"u8.ToArray(), PerfMapPath = path };
        var symbols = new ProcessSymbols(files);
        Assert.Matches("^x{30000,40000}$", symbols.Resolve(1, 0x7000).Name);
        Assert.Equal("short", symbols.Resolve(1, 0x7010).Name);
    }

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(directory, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static ulong OffsetInLibc(string name)
    {
        ulong address = (ulong)NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), name);
        ProcessMapping mapping = ProcessMapping.Parse(File.ReadAllBytes("/proc/self/maps")).Single(m => m.Contains(address));
        return address - mapping.Start + mapping.FileOffset;
    }

    // The child maps the same file at another address, as soon as its loader has run.
    private static ulong AddressInLibc(Process process, string name)
    {
        ulong offset = OffsetInLibc(name);
        ProcessMapping mapping = default;
        bool found = SpinWait.SpinUntil(
            () =>
            {
                mapping = ProcessMapping.Parse(File.ReadAllBytes($"/proc/{process.Id}/maps")).FirstOrDefault(m => m.Path == LibcPath);
                return mapping.Path == LibcPath;
            },
            TimeSpan.FromSeconds(10));
        Assert.True(found);
        return mapping.Start + offset - mapping.FileOffset;
    }

    private sealed class ManualTime : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan span) => ticks += span.Ticks;
    }
}
