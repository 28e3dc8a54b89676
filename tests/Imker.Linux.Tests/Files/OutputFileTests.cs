using Imker.TestKit;

namespace Imker.Linux.Tests.Files;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class OutputFileTests : IDisposable
{
    private const UnixFileMode OpenToAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const UnixFileMode Sticky = OpenToAll | UnixFileMode.StickyBit;

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_new_file_is_readable_by_all_and_an_old_one_is_emptied()
    {
        Write(directory["new"], "text");
        Assert.Equal("text", File.ReadAllText(directory["new"]));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(directory["new"]) & ~(UnixFileMode)0x1a4);
        Write(directory.Write("old", "something longer"), "text");
        Assert.Equal("text", File.ReadAllText(directory["old"]));
    }

    [Fact]
    public void A_link_is_followed_where_only_we_can_make_links()
    {
        File.CreateSymbolicLink(directory["link"], directory.Write("target", ""));
        Write(directory["link"], "text");
        Assert.Equal("text", File.ReadAllText(directory["target"]));
    }

    [Theory]
    [InlineData(Sticky)]
    [InlineData(OpenToAll)]
    public void In_a_directory_that_all_can_write_no_link_is_followed(UnixFileMode mode)
    {
        directory.Write("target", "kept");
        Directory.CreateDirectory(directory["open"]);
        File.SetUnixFileMode(directory["open"], mode);
        File.CreateSymbolicLink(directory["open/link"], directory["target"]);
        File.CreateSymbolicLink(directory["open/up"], directory.Path);
        File.CreateSymbolicLink(directory["open/dangling"], directory["made"]);
        Refuses(directory["open/link"], "is a link in a directory where everybody can put links");
        Refuses(directory["open/up/target"], "is a link in a directory where everybody can put links");
        Refuses(directory["open/dangling"], "is a link in a directory where everybody can put links");
        Assert.Equal("kept", File.ReadAllText(directory["target"]));
        Assert.False(File.Exists(directory["made"]));
        Write(directory["open/own"], "text");
        Write(directory["open/own"], "again");
        Assert.Equal("again", File.ReadAllText(directory["open/own"]));
    }

    [Theory]
    [InlineData(Sticky)]
    [InlineData(OpenToAll)]
    public void In_a_directory_that_all_can_write_no_file_of_another_user_is_written(UnixFileMode mode)
    {
        Machine.RequireRoot();
        string path = directory.Write("foreign", "kept");
        File.SetUnixFileMode(directory.Path, mode);
        Assert.Equal(0, RunningProgram.RunShell($"chown nobody {path}").ExitCode);
        Refuses(path, "belongs to user");
        Assert.Equal("kept", File.ReadAllText(path));
    }

    [Fact]
    public void Devices_and_given_descriptors_are_written_to()
    {
        Write("/dev/null", "text");
        using (FileStream file = File.Create(directory["given"]))
            Write($"/dev/fd/{file.SafeFileHandle.DangerousGetHandle()}", "text");
        Assert.Equal("text", File.ReadAllText(directory["given"]));
    }

    [Fact]
    public void A_given_file_is_written_on_where_the_one_before_stopped()
    {
        using (Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(directory["given"], FileMode.Create, FileAccess.Write))
        {
            Write($"/dev/fd/{file.DangerousGetHandle()}", "one ");
            Write($"/dev/fd/{file.DangerousGetHandle()}", "two");
        }
        Assert.Equal("one two", File.ReadAllText(directory["given"]));
    }

    [Fact]
    public void What_cannot_be_written_is_said()
    {
        Refuses(directory.Path, "it is a directory");
        Refuses(directory["missing/file"], "no such file");
        Refuses("/dev/fd/999", "bad file");
    }

    [Fact]
    public void A_full_disk_is_told_of_with_the_file()
    {
        using Stream full = OutputFile.Create("/dev/full");
        Assert.Equal("cannot write to /dev/full: no space left on device", Assert.Throws<FileAccessException>(() => full.Write("text"u8)).Message);
    }

    private static void Write(string path, string text)
    {
        using var writer = new StreamWriter(OutputFile.Create(path));
        writer.Write(text);
    }

    private static void Refuses(string path, string reason)
    {
        string message = Assert.Throws<FileAccessException>(() => OutputFile.Create(path)).Message;
        Assert.StartsWith($"cannot write to {path}: ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }
}
