using Imker.Inspect;
using Imker.Linux;

namespace Imker.Cli;

/// <summary><c>imker link</c>.</summary>
internal static class LinkCommand
{
    private const string Usage = """
          imker link { list | show } [LINK]
          imker link detach LINK
          imker link pin LINK FILE

        Examples:
          imker link list
              Show what is attached by links, and to what.
          imker link detach id 4
              Detach it, whoever holds it.
        """;

    public static InspectCommand Create() => new("link", "Show and detach links in the kernel.", Usage, Run);

    private static int Run(InspectRun run)
    {
        InspectWords words = run.Words;
        string action = words.IsAtEnd ? "list" : words.TakeOneOf("list", "show", "detach", "pin");
        ObjectSelector? which = action is "list" or "show" && words.IsAtEnd ? null : words.TakeSelector(SelectorKind.Id, SelectorKind.Pinned);
        string? path = action == "pin" ? words.Take("the file to pin it at") : null;
        words.End();
        if (action is "list" or "show")
        {
            LinkListing.Write(run.Output, run.Inventory, which);
            return 0;
        }
        using KernelLink link = ObjectSelector.Link(which!);
        if (path is not null)
            link.Pin(path);
        else
            link.ForceDetach();
        return 0;
    }
}
