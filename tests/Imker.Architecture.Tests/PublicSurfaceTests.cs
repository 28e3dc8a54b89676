using System.Reflection;

namespace Imker.Architecture.Tests;

/// <summary>
/// What each library offers stands in a file of its folder, <c>PublicApi.txt</c>, which is read when it changes: a line that goes is a
/// promise that is broken. <c>IMKER_GOLDEN=accept</c> writes the files anew.
/// </summary>
public sealed class PublicSurfaceTests
{
    public static TheoryData<string> Libraries => [.. RoomAssembly.All.Select(a => a.Room).Where(room => room != "Imker.Cli")];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_surface_is_the_one_that_was_read(string library)
    {
        string path = Path.Combine(Repository.Root, "src", library, "PublicApi.txt");
        string actual = string.Join('\n', PublicSurface.Of(Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, library + ".dll")))) + "\n";
        if (Environment.GetEnvironmentVariable("IMKER_GOLDEN") == "accept")
            File.WriteAllText(path, actual);
        string[] expected = File.Exists(path) ? File.ReadAllLines(path) : [], now = actual.TrimEnd('\n').Split('\n');
        Rule.IsKept(expected.Except(now).Select(line => $"- {line}").Concat(now.Except(expected).Select(line => $"+ {line}"))
            .Append($"{Repository.Relative(path)} differs: read the lines, then IMKER_GOLDEN=accept writes it").SkipLast(expected.SequenceEqual(now) ? 1 : 0));
    }

    [Fact]
    public void A_package_says_what_it_is() =>
        Rule.IsKept(Libraries.Select(row => row.Data).Where(library => !File.Exists(Path.Combine(Repository.Root, "src", library, "README.md"))).Select(library => $"src/{library}/README.md is missing"));
}
