using System.Reflection;
using Imker.Bench;
using Imker.Bench.Scenarios;

Scenario[] scenarios =
[
    new("size", "the program with every library that it maps", ProgramSize.Run),
    new("whole-run", "a trivial script from start to end: wall, CPU, memory", WholeRun.Run),
    new("attach", "gethostlatency: start to attached, SIGINT to gone", AttachAndStop.Run),
    new("cost", "instructions after the verifier, time of a run in the kernel", ProgramCost.Run),
    new("stream", "a line for each of 1.8 million events: lost, slowed, CPU", EventStream.Run),
];

int rounds = 11;
List<string> wanted = [];
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--rounds" && i + 1 < args.Length && int.TryParse(args[i + 1], out rounds) && rounds > 0)
        i++;
    else if (Array.Exists(scenarios, s => s.Name == args[i]))
        wanted.Add(args[i]);
    else
        return Usage();
}
if (!Environment.IsPrivilegedProcess)
{
    Console.Error.WriteLine("bench: loading programs into the kernel needs root");
    return 1;
}

string root = typeof(Scenario).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;
string imker = Environment.GetEnvironmentVariable("IMKER_BINARY") ?? Path.Combine(root, "artifacts/publish/imker");
Setup setup = new([new("bpftrace", ["/usr/bin/bpftrace"]), new("Imker", [imker, "trace"])], rounds, root);
foreach (Peer peer in setup.Peers.Where(p => !File.Exists(p.Prefix[0])))
{
    Console.Error.WriteLine($"bench: there is no {peer.Prefix[0]}: 'apt-get install bpftrace', './imker'");
    return 1;
}

Console.WriteLine($"| figure | {string.Join(" | ", setup.Peers.Select(p => p.Name))} |");
Console.WriteLine($"|---{string.Concat(setup.Peers.Select(_ => "|---"))}|");
foreach (Scenario scenario in scenarios.Where(s => wanted.Count == 0 || wanted.Contains(s.Name)))
{
    foreach (Row row in scenario.Run(setup))
        Console.WriteLine(row);
}
return 0;

int Usage()
{
    Console.Error.WriteLine("usage: bench/run [--rounds N] [SCENARIO...]");
    foreach (Scenario scenario in scenarios)
        Console.Error.WriteLine($"  {scenario.Name,-10} {scenario.What}");
    return 2;
}
