namespace Imker.Bench;

/// <summary>Something that both can do, measured for each.</summary>
internal sealed record Scenario(string Name, string What, Func<Setup, IEnumerable<Row>> Run);

/// <param name="Root">The source tree.</param>
internal sealed record Setup(IReadOnlyList<Peer> Peers, int Rounds, string Root);
