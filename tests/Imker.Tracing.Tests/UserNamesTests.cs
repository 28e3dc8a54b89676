namespace Imker.Tracing.Tests;

public sealed class UserNamesTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void Names_stand_in_the_first_field_and_ids_in_the_third()
    {
        string file = Path.Combine(directory, "passwd");
        File.WriteAllText(file, "root:x:0:0::/:/bin/sh\nbee:x:1000:1000\nagain:x:1000:1\nbroken\nminus:x:-1:0\n");
        Assert.Equal([new(0, "root"), new(1000, "bee")], UserNames.Read(file).OrderBy(n => n.Key));
    }

    [Fact]
    public void Where_the_file_is_not_there_or_closed_to_us_users_are_numbers()
    {
        Assert.Empty(UserNames.Read(Path.Combine(directory, "missing")));
        // To read a directory as a file is refused as a lack of rights is, and also to root.
        Assert.Empty(UserNames.Read(directory));
    }
}
