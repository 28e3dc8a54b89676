using Imker.Bytecode.Classic;
using Imker.Filter;
using Imker.Linux;

namespace Imker.Capture;

/// <summary>
/// The packets of an interface or of a file that pass a filter: as a stream of packets that can be kept, or one after the other in place.
/// </summary>
/// <example><code>
/// using PacketCapture capture = PacketCapture.Open(new LiveCaptureOptions { InterfaceName = "eth0" }, "tcp port 443");
/// await foreach (Packet packet in capture)
///     Console.WriteLine($"{packet.Time:O} {packet.OriginalLength}");
/// </code></example>
public sealed class PacketCapture : IAsyncEnumerable<Packet>, IDisposable
{
    private readonly CaptureFileReader? file;
    private readonly CaptureFilters? filters;
    private readonly LiveCapture? live;
    private readonly EventLoop? loop;

    // Held by the stream while it copies a packet or waits: until then nothing that it uses is given back.
    private readonly Lock turn = new();
    private readonly Lock waking = new();
    private volatile bool isDisposed;

    private PacketCapture(CaptureFileReader file, CaptureFilters filters)
    {
        this.file = file;
        this.filters = filters;
    }

    private PacketCapture(LiveCapture live)
    {
        this.live = live;
        loop = new EventLoop();
        live.Watch(loop);
    }

    /// <summary>The DLT value of the packets; of a pcapng file, of those of its first interface.</summary>
    public int LinkType => live?.LinkType ?? file!.LinkType;

    public int SnapLength => live?.SnapLength ?? file!.SnapLength;

    /// <summary>Begins to capture an interface.</summary>
    /// <param name="options">Which, and how.</param>
    /// <param name="filter">In the language of pcap-filter(7); it runs in the kernel where that can. Empty for all packets.</param>
    /// <exception cref="Diagnostics.DiagnosticException">The filter is wrong.</exception>
    /// <exception cref="BpfException">The interface cannot be captured.</exception>
    public static PacketCapture Open(LiveCaptureOptions options, string filter = "")
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(filter);
        int linkType = LiveCapture.ChooseLinkType(options);
        ClassicProgram program = Compile(filter, linkType, PacketSource.Live, options.SnapLength);
        if (!LiveCapture.CanFilterInKernel(program, linkType))
            program = Compile(filter, linkType, PacketSource.File, options.SnapLength);
        return new PacketCapture(LiveCapture.Open(options, program));
    }

    /// <summary>Opens a capture file.</summary>
    /// <param name="path">pcap or pcapng, also packed with gzip; <c>-</c> is standard input.</param>
    /// <param name="filter">In the language of pcap-filter(7). Empty for all packets.</param>
    /// <exception cref="Diagnostics.DiagnosticException">The filter is wrong.</exception>
    /// <exception cref="CaptureFileException">The file cannot be opened, or is no capture file.</exception>
    public static PacketCapture OpenFile(string path, string filter = "")
    {
        ArgumentNullException.ThrowIfNull(filter);
        CaptureFileReader file = CaptureFileReader.Open(path);
        try
        {
            var filters = new CaptureFilters(linkType => filter.Length == 0 ? null : Compile(filter, linkType, PacketSource.File, file.SnapLength, file.IsSwapped));
            filters.For(file.LinkType);
            return new PacketCapture(file, filters);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Moves to the next packet, without waiting. It is valid until the next call. False at the end of a file; of an interface, when there
    /// are no more for now.
    /// </summary>
    /// <exception cref="CaptureFileException">What comes next in the file is cut or damaged.</exception>
    /// <exception cref="ObjectDisposedException">The capture was disposed of; a packet read before is not valid any more.</exception>
    public bool TryRead(out CapturedPacket packet)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (live is not null)
            return live.TryRead(out packet);
        int budget = int.MaxValue;
        return file!.TryRead(filters!, ref budget, out packet);
    }

    /// <summary>Waits until an interface may have packets, at most so long; a file always has.</summary>
    /// <exception cref="BpfException">The interface is gone.</exception>
    /// <exception cref="ObjectDisposedException">The capture was disposed of before or meanwhile.</exception>
    public void Wait(TimeSpan longest) => ObjectDisposedException.ThrowIf(!TryWait(longest), this);

    /// <summary>What the kernel counted; nothing for a file.</summary>
    public PacketCounts ReadCounts() => live?.ReadCounts() ?? default;

    /// <summary>The packets as they come; for an interface without an end, until cancelled or <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The capture was disposed of before.</exception>
    public async IAsyncEnumerator<Packet> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using CancellationTokenRegistration waking = cancellationToken.UnsafeRegister(static capture => ((PacketCapture)capture!).WakeWaiting(), this);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        while (true)
        {
            while (TryKeep() is { } packet)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return packet;
            }
            if (live is null)
                yield break;
            bool goesOn = await Task.Run(() => TryWait(Timeout.InfiniteTimeSpan), CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (!goesOn)
                yield break;
        }
    }

    /// <summary>Ends the capture, also for a stream that waits on another thread.</summary>
    public void Dispose()
    {
        lock (waking)
        {
            if (isDisposed)
                return;
            isDisposed = true;
            loop?.Wake();
        }
        lock (turn)
        {
            file?.Dispose();
            live?.Dispose();
            loop?.Dispose();
        }
    }

    private void WakeWaiting()
    {
        lock (waking)
        {
            if (!isDisposed)
                loop?.Wake();
        }
    }

    // False when the capture is disposed of.
    private bool TryWait(TimeSpan longest)
    {
        lock (turn)
        {
            if (isDisposed)
                return false;
            loop?.Wait(longest);
            if (isDisposed)
                return false;
            live?.CheckInterface();
            return true;
        }
    }

    private Packet? TryKeep()
    {
        lock (turn)
            return !isDisposed && TryRead(out CapturedPacket packet) ? Packet.Of(packet) : null;
    }

    private static ClassicProgram Compile(string filter, int linkType, PacketSource source, int snapLength, bool isSwapped = false) =>
        PacketFilter.Compile(filter, new LinkType(linkType), new FilterOptions
        {
            SnapLength = (uint)snapLength,
            Source = source,
            IsSwapped = isSwapped,
            Names = new NetworkNameFiles(),
        }).Classic;
}
