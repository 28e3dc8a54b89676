using System.Reflection;
using Imker.Bench;
using Imker.Bench.Scenarios;

if (args is [LiveCapture.SendCommand, var payload, var datagrams])
    return LiveCapture.Send(payload, datagrams);

(string Group, Scenario[] Scenarios)[] groups =
[
    ("bpftrace",
    [
        new("size", "the program with every library that it maps", ProgramSize.Run),
        new("whole-run", "a trivial script from start to end: wall, CPU, memory", WholeRun.Run),
        new("attach", "gethostlatency: start to attached, SIGINT to gone", AttachAndStop.Run),
        new("cost", "instructions after the verifier, time of a run in the kernel", ProgramCost.Run),
        new("compile", "long scripts compiled, not loaded: CPU", LongScripts.Run),
        new("stream", "a line for each of 1.8 million events: lost, slowed, CPU", EventStream.Run),
    ]),
    ("tcpdump",
    [
        new("filter", "a filter compiled and listed: the whole process", FilterCompile.Run),
        new("filter-time", "a packet through a filter in user space, against libpcap's interpreter", FilterTime.Run),
    ]),
    ("machine",
    [
        new("machine-costs", "compiling a program, and calling it", MachineCosts.Run),
        new("machine", "ten programs in the kernel and in the machine's engines, ns of a run", MachineEngines.Run),
    ]),
    ("libbpf",
    [
        new("ring", "a full ring buffer drained: ns a record", KernelLibrary.Ring),
        new("lookup", "a lookup in a map, against the bare system call: ns", KernelLibrary.Lookup),
    ]),
    ("tcpdump's captures",
    [
        new("dump-file", "a capture file of 1 GB through a filter, written and counted", CaptureFileRead.Run),
        new("dump-live", "a million datagrams over a pair of devices, captured to a file: dropped", LiveCapture.Run),
    ]),
];

int rounds = 11;
List<string> wanted = [];
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--rounds" && i + 1 < args.Length && int.TryParse(args[i + 1], out rounds) && rounds > 0)
        i++;
    else if (groups.Any(g => g.Scenarios.Any(s => s.Name == args[i])))
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
Dictionary<string, Peer[]> peers = new()
{
    ["bpftrace"] = [new("bpftrace", ["/usr/bin/bpftrace"]), new("Imker", [imker, "trace"])],
    ["tcpdump"] = [new("tcpdump", ["/usr/bin/tcpdump"]), new("Imker", [imker, "filter"])],
    ["machine"] = [new("kernel", [imker]), new("interpreter", [imker]), new("checked JIT", [imker]), new("verified JIT", [imker])],
    ["libbpf"] = [new("libbpf, C", [Path.Combine(root, "artifacts/bench/libbpf-peer")]), new("Imker, C#", [imker])],
    ["tcpdump's captures"] = [new("tcpdump", ["/usr/bin/tcpdump"]), new("Imker", [imker, "dump"])],
};
foreach ((string group, Scenario[] scenarios) in groups)
{
    Scenario[] chosen = [.. scenarios.Where(s => wanted.Count == 0 || wanted.Contains(s.Name))];
    if (chosen.Length == 0)
        continue;
    if (group == "libbpf")
        KernelLibrary.BuildPeer(root);
    Setup setup = new(peers[group], rounds, root);
    if (setup.Peers.FirstOrDefault(p => !File.Exists(p.Prefix[0])) is { } missing)
    {
        Console.Error.WriteLine($"bench: there is no {missing.Prefix[0]}: 'apt-get install {Path.GetFileName(missing.Prefix[0])}', './imker'");
        return 1;
    }
    Console.WriteLine($"| figure | {string.Join(" | ", setup.Peers.Select(p => p.Name))} |");
    Console.WriteLine($"|---{string.Concat(setup.Peers.Select(_ => "|---"))}|");
    foreach (Row row in chosen.SelectMany(scenario => scenario.Run(setup)))
        Console.WriteLine(row);
    Console.WriteLine();
}
return 0;

int Usage()
{
    Console.Error.WriteLine("usage: bench/run [--rounds N] [SCENARIO...]");
    foreach (Scenario scenario in groups.SelectMany(g => g.Scenarios))
        Console.Error.WriteLine($"  {scenario.Name,-12} {scenario.What}");
    return 2;
}
