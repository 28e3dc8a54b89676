using Xunit;

namespace Imker.TestKit;

/// <summary>
/// Says at the start of a test which hook it needs, by a row of <c>eng/tables/hooks.tsv</c>. Where that says that the hook fires in the
/// running kernel, the test runs and has to pass.
/// </summary>
public static class HookGate
{
    private const string Fires = "fires";

    private static readonly Dictionary<string, int> StateColumns = new() { ["5.10"] = 6, ["6.1"] = 7, ["6.12"] = 8, ["6.18"] = 9 };

    private static readonly Lazy<Dictionary<string, string[]>> rows = new(() => File.ReadLines(Path.Combine(Machine.RepositoryRoot, "eng/tables/hooks.tsv"))
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).ToDictionary(cells => cells[0]));

    /// <param name="hook">The first cell of a row.</param>
    public static void Require(string hook)
    {
        Machine.RequireRoot();
        if (StateOf(hook) is { } state && state != Fires)
            Assert.Skip($"this kernel has no {hook}: {state}");
    }

    /// <summary>What the table says of the hook in the running kernel; null in one that it does not describe.</summary>
    public static string? StateOf(string hook) => KnownKernels.Running is { } kernel ? rows.Value[hook][StateColumns[kernel]] : null;
}
