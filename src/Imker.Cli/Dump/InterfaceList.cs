using System.Globalization;
using Imker.Capture;
using Imker.Linux;

namespace Imker.Cli;

/// <summary>The interfaces in the order of <c>-D</c>: those first that somebody would want to capture.</summary>
internal static class InterfaceList
{
    private const int AnyRank = 1;

    /// <summary>Name and state of each.</summary>
    public static IReadOnlyList<(string Name, string State)> All()
    {
        IEnumerable<(string Name, string State, int Rank)> all = NetworkInterface.All().Select(i => (i.Name, StateOf(i), RankOf(i)))
            .Append((LiveCaptureOptions.AnyInterface, " (Pseudo-device that captures on all interfaces) [Up, Running]", AnyRank));
        return [.. all.OrderBy(i => i.Rank).Select(i => (i.Name, i.State))];
    }

    /// <summary>The interface that is captured when none is named.</summary>
    /// <exception cref="UsageException">There is none that is up.</exception>
    public static string Default() => NetworkInterface.All().Where(i => (i.Flags & NetworkInterfaceFlags.Up) != 0).OrderBy(RankOf).FirstOrDefault()?.Name
        ?? throw new UsageException("no interface is up: name one with -i, -D lists them");

    /// <summary>The name that <c>-i</c> means, which may be a number of the list.</summary>
    public static string Resolve(string? name)
    {
        if (name is null)
            return Default();
        if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || NetworkInterface.TryFind(name) is not null)
            return name;
        IReadOnlyList<(string Name, string State)> all = All();
        return number >= 1 && number <= all.Count
            ? all[number - 1].Name
            : throw new UsageException($"there is no interface number {number}: -D lists {all.Count}");
    }

    private static int RankOf(NetworkInterface device)
    {
        const int loopbackRank = 2, notRunningRank = 3, downRank = 4;
        if ((device.Flags & NetworkInterfaceFlags.Up) == 0)
            return downRank;
        if ((device.Flags & NetworkInterfaceFlags.Running) == 0)
            return notRunningRank;
        return (device.Flags & NetworkInterfaceFlags.Loopback) != 0 ? loopbackRank : 0;
    }

    private static string StateOf(NetworkInterface device)
    {
        List<string> states = [];
        bool isUp = (device.Flags & NetworkInterfaceFlags.Up) != 0, isRunning = (device.Flags & NetworkInterfaceFlags.Running) != 0;
        if (isUp)
            states.Add("Up");
        if (isUp && isRunning)
            states.Add("Running");
        if ((device.Flags & NetworkInterfaceFlags.Loopback) != 0)
            states.Add("Loopback");
        else if (isUp)
            states.Add(isRunning ? "Connected" : "Disconnected");
        return $" [{(states.Count > 0 ? string.Join(", ", states) : "none")}]";
    }
}
