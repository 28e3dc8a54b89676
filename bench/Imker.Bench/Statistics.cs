namespace Imker.Bench;

internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Runs the peers in turn, A B A B, with a pause for what the kernel does after a detach.</summary>
    /// <returns>The samples of each peer; none for one that could not do it.</returns>
    public static IReadOnlyList<IReadOnlyList<T>> InTurn<T>(IReadOnlyList<Peer> peers, int rounds, Func<Peer, T?> run)
        where T : class
    {
        List<T>[] samples = [.. peers.Select(_ => new List<T>())];
        bool[] able = [.. peers.Select(_ => true)];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < peers.Count; i++)
            {
                if (!able[i])
                    continue;
                Thread.Sleep(200);
                if (run(peers[i]) is { } sample)
                    samples[i].Add(sample);
                else
                    able[i] = false;
            }
        }
        return [.. samples.Select((s, i) => able[i] ? (IReadOnlyList<T>)s : [])];
    }
}
