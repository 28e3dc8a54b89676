using Imker.Inspect;
using Imker.Linux;

namespace Imker.Cli;

/// <summary><c>imker prog top</c>.</summary>
internal static class ProgramTopCommand
{
    // ECMA-48: to the first line, and erase what is behind.
    private const string ClearScreen = "\e[H\e[J";

    public static void Run(InspectRun run)
    {
        uint interval = 1, count = 0;
        while (!run.Words.IsAtEnd)
        {
            if (run.Words.TakeOneOf("interval", "count") == "count")
                count = run.Words.TakeNumber("how often");
            else
                interval = Math.Max(1, run.Words.TakeNumber("the seconds between two looks"));
        }
        bool isTerminal = !Console.IsOutputRedirected && !run.Output.IsJson;
        using var top = new ProgramTop();
        for (uint shown = 0; (count == 0 || shown < count) && WaitFor(TimeSpan.FromSeconds(interval), run.Loop); shown++)
        {
            if (isTerminal)
                Console.Out.Write(ClearScreen);
            else if (shown > 0 && !run.Output.IsJson)
                Console.Out.WriteLine();
            Console.Out.Flush();
            top.Write(run.Output);
        }
    }

    // False after a signal.
    private static bool WaitFor(TimeSpan time, EventLoop loop)
    {
        long end = Environment.TickCount64 + (long)time.TotalMilliseconds;
        while (loop.Signal is null && end - Environment.TickCount64 is > 0 and var left)
            loop.Wait(TimeSpan.FromMilliseconds(left));
        return loop.Signal is null;
    }
}
