using Imker.Inspect;

namespace Imker.Cli;

/// <summary><c>imker cgroup</c>.</summary>
internal static class CgroupCommand
{
    private const string Usage = """
          imker cgroup { list | show } CGROUP [effective]
          imker cgroup tree [CGROUP] [effective]

        CGROUP is a directory of the unified hierarchy.

        Examples:
          imker cgroup tree
              Show which cgroups have programs.
        """;

    public static InspectCommand Create() => new("cgroup", "Show programs of cgroups.", Usage, Run);

    private static int Run(InspectRun run)
    {
        InspectWords words = run.Words;
        string action = words.IsAtEnd ? "tree" : words.TakeOneOf("list", "show", "tree");
        string? directory = action == "tree" && words.Peek() is null or "effective" ? null : words.Take("the cgroup's directory");
        bool isEffective = words.Accept("effective");
        words.End();
        if (action == "tree")
            CgroupListing.WriteTree(run.Output, directory, isEffective);
        else
            CgroupListing.Write(run.Output, directory!, isEffective);
        return 0;
    }
}
