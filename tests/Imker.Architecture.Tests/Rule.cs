namespace Imker.Architecture.Tests;

internal static class Rule
{
    /// <summary>Fails with every offender named, a line each.</summary>
    public static void IsKept(IEnumerable<string> offenders)
    {
        string all = string.Join('\n', offenders);
        Assert.True(all.Length == 0, all);
    }
}
