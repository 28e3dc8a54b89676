using Imker.Inspect;

namespace Imker.Cli;

/// <summary><c>imker net</c>.</summary>
internal static class NetworkCommand
{
    private const string Usage = """
          imker net [list | show]

        Examples:
          imker net
              Show the programs on the interfaces of this network namespace: XDP, tcx, netkit, clsact, flow dissector, netfilter.
        """;

    public static InspectCommand Create() => new("net", "Show programs on the network.", Usage, Run);

    private static int Run(InspectRun run)
    {
        if (!run.Words.IsAtEnd)
            run.Words.TakeOneOf("list", "show");
        run.Words.End();
        NetworkListing.Write(run.Output);
        return 0;
    }
}
