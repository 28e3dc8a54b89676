using Imker.Inspect;

namespace Imker.Cli;

/// <summary><c>imker feature</c>.</summary>
internal static class FeatureCommand
{
    private const string Usage = """
          imker feature [list | probe] [full]

        Examples:
          imker feature
              Ask the running kernel for types of programs and maps, and for features.
          imker feature probe full
              Also for each type of programs which helpers they may call: some seven thousand questions.
        """;

    public static InspectCommand Create() => new("feature", "Show what the running kernel has.", Usage, Run);

    private static int Run(InspectRun run)
    {
        if (!run.Words.IsAtEnd && run.Words.Peek() != "full")
            run.Words.TakeOneOf("list", "probe");
        bool isFull = run.Words.Accept("full");
        run.Words.End();
        FeatureListing.Write(run.Output, isFull);
        return 0;
    }
}
