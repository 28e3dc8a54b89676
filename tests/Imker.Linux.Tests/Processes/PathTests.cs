using CsCheck;

namespace Imker.Linux.Tests.Processes;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class PathTests
{
    [Theory]
    [InlineData("libc")]
    [InlineData("c")]
    [InlineData("libc.so.6")]
    public void The_C_library_is_found_by_all_its_names(string name)
    {
        string? path = LibraryPath.Find(name);
        Assert.NotNull(path);
        Assert.NotNull(UserBinaries.FindFunction(path, "getaddrinfo"));
    }

    [Theory]
    [InlineData("no-such-program", "there is no such program in PATH")]
    [InlineData("/nonexistent", "there is no such file")]
    [InlineData("/tmp", "it is no regular file")]
    [InlineData("/etc/passwd", "it is not executable")]
    public void Why_there_is_no_program_is_told(string name, string expected)
    {
        Assert.Null(ProgramPath.Find(name));
        Assert.Equal(expected, ProgramPath.Problem(name));
    }

    [Fact]
    public void A_library_that_is_not_there_is_not_found() => Assert.Null(LibraryPath.Find("libno-such-library"));

    [Theory]
    [InlineData("libc.so", "libc.so.6", true)]
    [InlineData("libc.so", "libc.so", true)]
    [InlineData("libc.so", "libcap.so.2", false)]
    [InlineData("libc.so.6", "libc.so.60", false)]
    public void A_version_stands_behind_a_dot(string pattern, string file, bool expected) =>
        Assert.Equal(expected, LibraryPath.IsVersionOf(pattern, file));

    [Fact]
    public void The_linker_s_cache_of_this_machine_is_read_whole()
    {
        byte[] cache = File.ReadAllBytes("/etc/ld.so.cache");
        List<(string Name, string Path)> libraries = LibraryCache.Parse(cache, isArm64: false);
        Assert.Contains(libraries, l => l.Name == "libc.so.6");
        Assert.All(libraries, l => Assert.StartsWith("/", l.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_cache_neither_throws_nor_hangs()
    {
        byte[] cache = File.ReadAllBytes("/etc/ld.so.cache");
        Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[1, 20].Sample(changes =>
        {
            byte[] mutated = [.. cache];
            foreach ((int at, byte value) in changes)
                mutated[at % mutated.Length] = value;
            LibraryCache.Parse(mutated, isArm64: false);
        }, iter: 200);
        Gen.Int[0, 5000].Sample(length => LibraryCache.Parse(cache.AsSpan(0, Math.Min(length, cache.Length)), isArm64: false), iter: 200);
    }

    [Fact]
    public void A_program_is_found_through_the_search_path_only_if_it_can_be_run()
    {
        string directory = Directory.CreateTempSubdirectory("imker").FullName;
        try
        {
            string program = Path.Combine(directory, "tool"), text = Path.Combine(directory, "text");
            File.WriteAllText(program, "");
            File.WriteAllText(text, "");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            Assert.Equal(program, ProgramPath.Find("tool", $"/nowhere::{directory}"));
            Assert.Null(ProgramPath.Find("text", directory));
            Assert.Null(ProgramPath.Find(directory));
            Assert.Equal("/bin/sh", ProgramPath.Find("/bin/sh"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void The_library_that_a_process_has_mapped_is_its_library()
    {
        string? path = BinaryResolver.Find("libc", Environment.ProcessId);
        Assert.NotNull(path);
        Assert.NotNull(UserBinaries.FindFunction(path, "getaddrinfo"));
        Assert.Null(BinaryResolver.Find("/no/such/file", Environment.ProcessId));
    }
}
