using System.CommandLine;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Cli;

/// <summary><c>imker doctor</c>: what processes that are gone have left attached.</summary>
internal static class DoctorCommand
{
    public const string Name = "doctor";

    public const string Examples = """
        Examples:
          imker doctor
              Show what killed processes have left attached: filters, XDP programs, routes, pins, tables of functions.
          imker doctor --clean
              Remove it, as far as it is still the same.

        Exit code: 0 when nothing is left, 1 when something is.
        """;

    public static Command Create()
    {
        var clean = new Option<bool>("--clean") { Description = "Remove what is left, if it is still what was attached." };
        var command = new Command(Name, "Show and remove what killed processes have left attached.") { clean };
        command.SetAction(result => Failure.Guard(() => result.GetValue(clean) ? Clean() : Show(), isVerbose: false));
        return command;
    }

    private static int Show()
    {
        IReadOnlyList<JournalledAttachment> leftovers = AttachmentJournal.Leftovers();
        foreach (JournalledAttachment attachment in leftovers)
            Say($"left: {attachment.Description}");
        if (leftovers.Count == 0)
            Say("nothing is left attached");
        return leftovers.Count == 0 ? 0 : 1;
    }

    private static int Clean()
    {
        int failures = 0, count = 0;
        foreach (RemovedAttachment removed in AttachmentJournal.RemoveLeftovers())
        {
            count++;
            Say(removed.Failure is { } failure ? failure.Message : $"removed: {removed.Attachment.Description}");
            failures += removed.Failure is null ? 0 : 1;
        }
        if (count == 0)
            Say("nothing is left attached");
        return failures == 0 ? 0 : 1;
    }

    private static void Say(string line) => Console.WriteLine(Failure.Printable(line, TextEscaping.Line));
}
