using System.Text;
using Imker.TestKit;
using Microsoft.Win32.SafeHandles;

namespace Imker.Linux.Tests.Files;

public sealed class RegularFileTests
{
    [Fact]
    public void What_is_no_regular_file_is_not_opened()
    {
        using var directory = new TemporaryDirectory();
        string pipe = directory["libpipe.so"];
        Assert.Equal(0, RunningProgram.RunShell($"mkfifo {pipe}").ExitCode);
        Assert.Null(RegularFile.TryOpen(pipe));
        Assert.Null(RegularFile.TryOpen(directory.Path));
        Assert.Null(RegularFile.TryOpen("/dev/zero"));
    }

    [Fact]
    public void A_file_larger_than_the_cap_is_not_opened()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.Write("file", "12345678");
        using SafeFileHandle? file = RegularFile.TryOpen(path, largest: 8);
        Assert.NotNull(file);
        Assert.Null(RegularFile.TryOpen(path, largest: 7));
        Assert.Null(RegularFile.TryRead(path, largest: 7));
    }

    [Theory]
    [InlineData("absolute")]
    [InlineData("relative")]
    [InlineData("through-a-directory/passwd")]
    [InlineData("etc/passwd")]
    public void A_link_does_not_lead_out_of_another_process_root(string name)
    {
        Machine.RequireRoot();
        using var directory = new TemporaryDirectory();
        directory.Write("etc/passwd", "inner");
        File.CreateSymbolicLink(directory["absolute"], "/etc/passwd");
        File.CreateSymbolicLink(directory["relative"], "../../../../../../etc/passwd");
        File.CreateSymbolicLink(directory["through-a-directory"], "/etc");
        using var process = new ChrootedProcess(directory.Path);
        Assert.Equal("inner", Encoding.ASCII.GetString(RegularFile.TryRead($"/proc/{process.Id}/root/{name}", 100)!));
    }

    [Fact]
    public void A_root_that_is_gone_is_not_looked_for_elsewhere()
    {
        Machine.RequireRoot();
        using var directory = new TemporaryDirectory();
        directory.Write("file", "inner");
        int id;
        using (var process = new ChrootedProcess(directory.Path))
            id = process.Id;
        Assert.Null(RegularFile.TryOpen($"/proc/{id}/root/file"));
    }
}
