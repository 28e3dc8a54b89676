namespace Imker.Architecture.Tests;

/// <summary>What the built code may not do.</summary>
public sealed class CodeRuleTests
{
    private static readonly string[] RoomsOfTheMachine = ["Imker.Linux", "Imker.Machine"];

    public static IEnumerable<TheoryDataRow<string, string, string>> Banned() =>
        Repository.ReadTable("banned.tsv").Select(row => new TheoryDataRow<string, string, string>(row[1], row[0], row[2]));

    [Theory]
    [MemberData(nameof(Banned))]
    public void No_room_uses(string banned, string where, string why)
    {
        var searched = RoomAssembly.All.Where(a => where == "everywhere" || !Rooms.AsksMachine(a.Room));
        Rule.IsKept(searched.Where(a => a.Uses.Any(used => Matches(used, banned))).Select(a => $"{a.Room} uses {banned}: {why}"));
    }

    [Fact]
    public void A_banned_use_is_found_where_there_is_one() =>
        Assert.Contains(RoomAssembly.All, a => a.Uses.Any(used => Matches(used, "System.Object::.ctor")));

    [Fact]
    public void Only_Linux_and_Machine_have_unsafe_code() =>
        Rule.IsKept(RoomAssembly.All.Where(a => a.HasUnsafeCode).Select(a => a.Room).Except(RoomsOfTheMachine));

    [Fact]
    public void Only_Linux_and_Machine_call_native_code() =>
        Rule.IsKept(
            from assembly in RoomAssembly.All
            where !RoomsOfTheMachine.Contains(assembly.Room)
            from import in assembly.NativeImports
            select $"{assembly.Room}: {import}");

    [Fact]
    public void A_class_that_nothing_inherits_is_sealed()
    {
        HashSet<string?> inherited = [.. RoomAssembly.All.SelectMany(a => a.Types).Select(t => t.BaseType)];
        Rule.IsKept(
            from assembly in RoomAssembly.All
            from type in assembly.Types
            where type.IsDeclared && type.CanBeInherited && !inherited.Contains(type.FullName)
            select $"{assembly.Room}: {type.FullName}");
    }

    private static bool Matches(string used, string banned) => banned.EndsWith(".*", StringComparison.Ordinal)
        ? used.StartsWith(banned[..^1], StringComparison.Ordinal)
        : used == banned;
}
