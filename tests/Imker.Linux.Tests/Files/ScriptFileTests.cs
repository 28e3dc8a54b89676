using Imker.Linux.Interop;
using Imker.TestKit;

namespace Imker.Linux.Tests.Files;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ScriptFileTests : IDisposable
{
    private const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryDirectory directory = new();

    public ScriptFileTests() => Machine.RequireRoot();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_script_of_ours_is_read() => Assert.Equal("BEGIN"u8, ScriptFile.Read(directory.Write("x.bt", "BEGIN")));

    [Theory]
    [InlineData(UnixFileMode.OtherWrite, "everybody can write", "chmod go-w")]
    [InlineData(UnixFileMode.GroupWrite, "the group 0 can write", "chmod g-w")]
    public void A_script_that_others_can_write_is_refused(UnixFileMode open, string who, string mend)
    {
        string path = directory.Write("x.bt", "BEGIN");
        File.SetUnixFileMode(path, Closed | open);
        Refuses(path, who, $"'{mend} {path}'");
    }

    [Fact]
    public void A_script_of_another_user_is_refused()
    {
        string path = directory.Write("x.bt", "BEGIN");
        Own(path, 12345);
        Refuses(path, "user 12345 owns", $"'chown root {path}'");
    }

    [Fact]
    public void A_script_in_a_directory_that_others_can_write_is_refused()
    {
        string path = directory.Write("open/x.bt", "BEGIN");
        File.SetUnixFileMode(directory["open"], Closed | UnixFileMode.OtherWrite);
        Refuses(path, "everybody can write", $"'chmod go-w {directory["open"]}'");
    }

    [Fact]
    public void So_is_one_that_is_reached_through_such_a_directory_further_up_or_through_a_link_in_it()
    {
        string path = directory.Write("open/closed/x.bt", "BEGIN");
        File.SetUnixFileMode(directory["open"], Closed | UnixFileMode.OtherWrite);
        Refuses(path, "everybody can write");
        File.CreateSymbolicLink(directory["open/link"], directory.Write("good.bt", "BEGIN"));
        Refuses(directory["open/link"], "everybody can write");
        File.CreateSymbolicLink(directory["indirect"], "open/link");
        Refuses(directory["indirect"], "everybody can write");
    }

    [Fact]
    public void In_a_sticky_directory_only_entries_of_ours_count()
    {
        File.SetUnixFileMode(directory.Path, Closed | UnixFileMode.OtherWrite | UnixFileMode.StickyBit);
        string path = directory.Write("x.bt", "BEGIN");
        Assert.Equal("BEGIN"u8, ScriptFile.Read(path));
        File.CreateSymbolicLink(directory["link"], path);
        Assert.Equal("BEGIN"u8, ScriptFile.Read(directory["link"]));
        Own(directory["link"], 12345);
        Refuses(directory["link"], "user 12345 owns", "everybody can put files into");
    }

    [Fact]
    public void Whoever_ran_sudo_is_trusted()
    {
        string path = directory.Write("x.bt", "BEGIN");
        Assert.True(FileFacts.TryGet(path, out FileStatus status));
        status.UserId = 12345;
        Assert.Null(new Trust(0, 12345).WhoCanWrite(path, status));
        Assert.NotNull(new Trust(0, 12346).WhoCanWrite(path, status));
    }

    [Fact]
    public void A_pipe_a_directory_or_nothing_is_no_script()
    {
        Assert.Equal(0, RunningProgram.RunShell($"mkfifo {directory["pipe"]}").ExitCode);
        Refuses(directory["pipe"], "it is no regular file");
        Refuses(directory.Path, "it is a directory");
        Refuses(directory["missing"], "no such file");
        Refuses("/dev/zero", "it is no regular file");
        File.CreateSymbolicLink(directory["loop"], "loop");
        Refuses(directory["loop"], "symbolic links");
    }

    [Fact]
    public void A_script_of_more_than_16_MiB_is_refused()
    {
        using (FileStream large = File.Create(directory["x.bt"]))
            large.SetLength((16 << 20) + 1);
        Refuses(directory["x.bt"], "more than 16 MiB");
    }

    private static void Refuses(string path, params string[] says)
    {
        string message = Assert.Throws<FileAccessException>(() => ScriptFile.Read(path)).Message;
        Assert.StartsWith($"cannot read the script {path}: ", message, StringComparison.Ordinal);
        Assert.All(says, text => Assert.Contains(text, message, StringComparison.Ordinal));
    }

    private static void Own(string path, int user) => Assert.Equal(0, RunningProgram.RunShell($"chown -h {user} {path}").ExitCode);
}
