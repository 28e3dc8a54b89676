using System.Diagnostics;
using Imker.TestKit;

namespace Imker.Filter.Tests.Compilation;

/// <summary>The listing that tcpdump prints, without the blanks at the ends of its lines; null when it refuses the filter.</summary>
internal static class TcpdumpListing
{
    public static string[]? Of(CorpusEntry entry, bool optimize) =>
        Run(["-y", entry.LinkType, "-s", $"{entry.SnapLength}", "-d", .. (string[])(optimize ? [] : ["-O"]), "--", entry.Filter]);

    /// <summary>As for packets that are captured on the loopback interface.</summary>
    public static string[]? OfLive(string filter, bool optimize) => Run(["-i", "lo", "-d", .. (string[])(optimize ? [] : ["-O"]), "--", filter]);

    private static string[]? Run(string[] arguments)
    {
        var start = new ProcessStartInfo(Machine.RequireTool("tcpdump"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        _ = errors.Result;
        process.WaitForExit();
        return process.ExitCode == 0 ? Lines(output) : null;
    }

    public static string[] Lines(string listing) => [.. listing.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())];
}
