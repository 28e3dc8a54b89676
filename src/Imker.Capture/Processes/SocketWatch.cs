using System.Net.Sockets;
using Imker.Bytecode;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Capture;

/// <summary>
/// Has the kernel keep who makes each socket, from now on and for as long as this is held, so that sockets can be told whose they were
/// when they are closed and their process has ended. Programs at the root cgroup see the sockets of all network namespaces.
/// </summary>
internal sealed class SocketWatch : IDisposable
{
    private const int MostSockets = 16_384, MostFlows = 65_536, MostPorts = 8_192, MostKept = 10_000;

    private readonly LoadedObject loaded;
    private readonly CgroupTree cgroups;
    private readonly List<KernelLink> links;
    private readonly KernelMap sockets, flows, ports;
    private readonly ulong networkNamespace;
    private readonly Dictionary<ulong, SocketOwner> owners = [];

    private SocketWatch(LoadedObject loaded, CgroupTree cgroups, List<KernelLink> links)
    {
        this.loaded = loaded;
        this.cgroups = cgroups;
        this.links = links;
        (sockets, flows, ports) = (loaded.Maps["sockets"], loaded.Maps["flows"], loaded.Maps["ports"]);
        networkNamespace = FindNamespace();
    }

    internal static BpfObject Blueprint { get; } = new()
    {
        Name = "sockets",
        Programs =
        [
            Program("create", ProgramType.CgroupSock, AttachType.CgroupInetSockCreate, SocketWatchCode.Create),
            Program("bound4", ProgramType.CgroupSock, AttachType.CgroupInet4PostBind, SocketWatchCode.Bound),
            Program("bound6", ProgramType.CgroupSock, AttachType.CgroupInet6PostBind, SocketWatchCode.Bound),
            Program("release", ProgramType.CgroupSock, AttachType.CgroupInetSockRelease, SocketWatchCode.Release),
            Program("egress", ProgramType.CgroupSkb, AttachType.CgroupInetEgress, PacketWatchCode.Egress),
        ],
        Maps =
        [
            new() { Name = "sockets", Type = MapType.LruHash, KeySize = sizeof(ulong), ValueSize = SocketRecord.Size, MaxEntries = MostSockets },
            new() { Name = "flows", Type = MapType.LruHash, KeySize = SocketWatchKey.FlowSize, ValueSize = sizeof(ulong), MaxEntries = MostFlows },
            new() { Name = "ports", Type = MapType.LruHash, KeySize = SocketWatchKey.PortSize, ValueSize = sizeof(ulong), MaxEntries = MostPorts },
        ],
    };

    /// <exception cref="BpfException">The kernel refuses it, or has no unified hierarchy of cgroups.</exception>
    internal static SocketWatch Start()
    {
        CgroupTree cgroups = CgroupTree.Open();
        LoadedObject? loaded = null;
        List<KernelLink> links = [];
        try
        {
            loaded = ObjectLoader.Load(Blueprint);
            foreach (ProgramSpec program in Blueprint.Programs)
                links.Add(CgroupLink.AttachToRoot(loaded.Programs[program.Name], program.ExpectedAttachType!.Value, cgroups));
            return new SocketWatch(loaded, cgroups, links);
        }
        catch
        {
            KernelLink.DisposeAll(links);
            loaded?.Dispose();
            cgroups.Dispose();
            throw;
        }
    }

    /// <summary>Who made the socket that has sent packets of a flow.</summary>
    /// <param name="flow">The socket's end is the source.</param>
    /// <param name="listens">Whether it is a listening socket: then another process may hold the connection.</param>
    internal SocketOwner? FindSender(in PacketFlow flow, out bool listens)
    {
        Span<byte> key = stackalloc byte[SocketWatchKey.FlowSize], value = stackalloc byte[SocketRecord.Size];
        SocketWatchKey.WriteFlow(flow, networkNamespace, key);
        listens = false;
        if (!TryFind(flows, key, value, out ulong cookie))
            return null;
        var record = new SocketRecord(value);
        listens = record.Listens;
        return OwnerOf(cookie, record);
    }

    /// <summary>Who made the socket that has a port, in the network namespace of this process, unless it was closed before a time.</summary>
    /// <param name="time">Nanoseconds of the boot clock.</param>
    internal SocketOwner? FindBound(byte protocol, ushort port, long time) => FindOpen(protocol, port, time);

    /// <summary>Who made the last socket for all packets of a protocol, in the network namespace of this process, unless it was closed before a time.</summary>
    /// <param name="time">Nanoseconds of the boot clock.</param>
    internal SocketOwner? FindRaw(byte protocol, long time) => FindOpen((uint)protocol | SocketWatchKey.RawBit, 0, time);

    private SocketOwner? FindOpen(uint protocol, ushort port, long time)
    {
        Span<byte> key = stackalloc byte[SocketWatchKey.PortSize], value = stackalloc byte[SocketRecord.Size];
        SocketWatchKey.WritePort(protocol, port, networkNamespace, key);
        if (!TryFind(ports, key, value, out ulong cookie))
            return null;
        var record = new SocketRecord(value);
        return record.Released != 0 && (long)record.Released < time ? null : OwnerOf(cookie, record);
    }

    public void Dispose()
    {
        KernelLink.DisposeAll(links);
        loaded.Dispose();
        cgroups.Dispose();
    }

    // By a socket of our own: to ask for the number (SO_NETNS_COOKIE) takes Linux 5.14.
    private ulong FindNamespace()
    {
        const int Level = 1, SocketCookie = 57;
        Span<byte> cookie = stackalloc byte[sizeof(ulong)], record = stackalloc byte[SocketRecord.Size];
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.GetRawSocketOption(Level, SocketCookie, cookie);
        return sockets.TryLookup(cookie, record) ? new SocketRecord(record).Namespace : 0;
    }

    private bool TryFind(KernelMap cookies, ReadOnlySpan<byte> key, Span<byte> record, out ulong cookie)
    {
        Span<byte> found = stackalloc byte[sizeof(ulong)];
        bool isThere = cookies.TryLookup(key, found);
        cookie = BitConverter.ToUInt64(found);
        return isThere && sockets.TryLookup(found, record);
    }

    private SocketOwner OwnerOf(ulong cookie, SocketRecord record)
    {
        if (owners.TryGetValue(cookie, out SocketOwner? known))
            return known;
        if (owners.Count >= MostKept)
            owners.Clear();
        // A thread may have a name of its own; the process's is its first thread's.
        string name = (record.ThreadId == record.ProcessId ? null : SocketOwner.NameOf(record.ProcessId)) ?? record.Name;
        return owners[cookie] = new SocketOwner(record.ProcessId, name, cgroups.FindPath(record.Cgroup) ?? $"#{record.Cgroup}");
    }

    private static ProgramSpec Program(string name, ProgramType type, AttachType attachType, string text) => new()
    {
        Name = name,
        Type = type,
        ExpectedAttachType = attachType,
        Entry = new FunctionSpec { Name = name, Instructions = Assembler.Parse(text).Instructions },
    };
}
