using System.Xml.Linq;

namespace Imker.Architecture.Tests;

public sealed class ArrowTests
{
    [Fact]
    public void Every_project_under_src_is_a_room_of_the_design() =>
        Rule.IsKept(RoomNames().Where(room => !Rooms.IsKnown(room)));

    [Fact]
    public void The_arrows_of_the_design_form_no_circle() =>
        Rule.IsKept(Rooms.All.Where(room => room != "Imker.Cli" && Rooms.MayReference(room, room)));

    [Fact]
    public void No_assembly_uses_a_room_that_it_may_not_reference() =>
        Rule.IsKept(
            from assembly in RoomAssembly.All
            from used in assembly.References
            where Rooms.IsKnown(used) && !Rooms.MayReference(assembly.Room, used)
            select $"{assembly.Room} -> {used}");

    [Fact]
    public void No_project_references_a_room_that_it_may_not_use() =>
        Rule.IsKept(
            from project in Repository.Rooms()
            let room = Path.GetFileNameWithoutExtension(project)
            from used in References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension)
            where !Rooms.MayReference(room, used)
            select $"{room} -> {used}");

    [Fact]
    public void Only_the_command_line_and_the_guard_depend_on_packages() =>
        Rule.IsKept(
            from project in Repository.Rooms()
            let room = Path.GetFileNameWithoutExtension(project)
            where room is not ("Imker.Cli" or "Imker.Guard")
            from package in References(project, "PackageReference")
            select $"{room} -> {package}");

    private static IEnumerable<string> RoomNames() => Repository.Rooms().Select(p => Path.GetFileNameWithoutExtension(p));

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(project).Descendants(kind).Select(e => e.Attribute("Include")!.Value);
}
