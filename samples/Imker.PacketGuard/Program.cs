using System.Net;
using Imker.Hosting;
using Imker.Linux;
using Imker.Objects;

// Counts the packets of an interface by their sources, and drops those of the addresses that are given: Imker.PacketGuard eth0 192.0.2.7
if (args.Length == 0)
    return Fail("usage: Imker.PacketGuard INTERFACE [ADDRESS...]");
// Before anything is written: the first use of the console sets signals up its own way.
using var loop = new EventLoop();
loop.CatchSignals();
try
{
    string path = Path.Combine(AppContext.BaseDirectory, "packets.bpf.o");
    using LoadedObject loaded = ObjectLoader.Load(BpfObjectReader.Read(File.ReadAllBytes(path), path));
    var blocked = new BpfMap<uint, byte>(loaded.Maps["blocked"]);
    foreach (string address in args.Skip(1))
        blocked[BitConverter.ToUInt32(IPAddress.Parse(address).GetAddressBytes())] = 1;

    using KernelLink link = XdpLink.Attach(loaded.Programs["guard"], NetworkInterface.Find(args[0]).Index);
    Console.WriteLine($"guarding {args[0]}");
    var sources = new BpfMap<uint, Counts>(loaded.Maps["sources"]);
    while (loop.Signal is null)
    {
        loop.Wait(TimeSpan.FromSeconds(1));
        foreach ((uint source, Counts counts) in sources)
            Console.WriteLine($"{new IPAddress(source)}: {counts.Passed} passed, {counts.Dropped} dropped");
    }
    return 0;
}
catch (Exception e) when (e is BpfException or FormatException or IOException)
{
    return Fail(e.Message);
}

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 1;
}

/// <summary><c>struct counts</c> of packets.bpf.c.</summary>
internal readonly record struct Counts(ulong Passed, ulong Dropped);
