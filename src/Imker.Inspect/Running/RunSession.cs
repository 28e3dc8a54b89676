using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Inspect;

/// <summary>
/// An object at work: loads it, attaches everything, writes what its ring and perf buffers hold until something ends it, detaches.
/// Whatever ends the process, nothing stays attached.
/// </summary>
public sealed class RunSession : IDisposable
{
    private readonly RunOptions options;
    private readonly RunOutput output;
    private readonly EventLoop loop;
    private readonly LoadedObject loaded;
    private readonly RecordTypeTable types;
    private readonly List<RingBuffer> rings = [];
    private readonly List<PerfBuffer> perfBuffers = [];
    private readonly ChildProcess? child;

    /// <summary>Loads the object and opens its buffers.</summary>
    /// <param name="loop">Catches signals already; the caller disposes it.</param>
    /// <exception cref="BpfException">The kernel refuses a map or program, or the command cannot be started.</exception>
    /// <exception cref="InspectException">The options name what the object does not have.</exception>
    public RunSession(BpfObject source, RunOptions options, RunOutput output, EventLoop loop)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(loop);
        (this.options, this.output, this.loop) = (options, output, loop);
        types = new RecordTypeTable(source, options.RecordTypes);
        // What waits for its command gets ready while the kernel verifies.
        child = options.Command.IsEmpty ? null : StartCommand(options.Command);
        try
        {
            loaded = ObjectLoader.Load(source, options.Load);
            if (child is not null)
                loop.Watch(child);
            OpenBuffers();
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>Runs until a signal, the end of the command, or the time is over.</summary>
    /// <returns>The exit code: 1 when something could not be attached.</returns>
    public int Run()
    {
        loaded.Run(RunPhase.Begin);
        Pump();
        // Else the programs would see how it gets ready.
        child?.WaitUntilHeld();
        ImmutableArray<AttachFailure> failures = loaded.Attach(options.Targets);
        foreach (AttachFailure failure in failures)
            output.Remark($"error: {failure.Reason.Message}");
        if (!failures.IsEmpty || !IsAnythingAttached())
            return 1;
        if (!options.IsQuiet)
            output.Attached(loaded.Links.Count);
        child?.Release();
        if (!ReadIterators() || child is not null || options.Timeout is not null)
            WaitForEnd();
        loaded.Detach();
        loaded.Run(RunPhase.End);
        Pump();
        foreach (PerfBuffer buffer in perfBuffers)
            output.Lost(buffer.Map.Name, buffer.Lost);
        output.Flush();
        return 0;
    }

    public void Dispose()
    {
        loaded.Detach();
        Close();
    }

    private void Close()
    {
        child?.Dispose();
        foreach (PerfBuffer buffer in perfBuffers)
            buffer.Dispose();
        foreach (RingBuffer ring in rings)
            ring.Dispose();
        loaded?.Dispose();
    }

    private static ChildProcess StartCommand(ImmutableArray<string> command) =>
        ChildProcess.StartHeld(ProgramPath.Find(command[0]) ?? throw new InspectException($"cannot run '{command[0]}': {ProgramPath.Problem(command[0])}"), command);

    private void OpenBuffers()
    {
        foreach (MapSpec map in loaded.Blueprint.Maps)
        {
            if (map.Type == MapType.RingBuffer)
            {
                var ring = new RingBuffer(loaded.Maps[map.Name]);
                rings.Add(ring);
                loop.Add(ring);
            }
            else if (map.Type == MapType.PerfEventArray)
            {
                PerfBuffer buffer = PerfBuffer.Open(loaded.Maps[map.Name]);
                perfBuffers.Add(buffer);
                loop.Watch(buffer);
            }
        }
    }

    // An empty run that says nothing would look like one in which nothing happens.
    private bool IsAnythingAttached()
    {
        HashSet<string> attached = [.. loaded.Blueprint.Attachments.Select(attachment => attachment.Program)];
        foreach (ProgramSpec program in options.Targets is null ? loaded.Blueprint.Programs : [])
        {
            if (!attached.Contains(program.Name) && loaded.Programs.ContainsKey(program.Name) && program.Type != ProgramType.StructOps)
                output.Remark($"program '{program.Name}' ({KernelConstants.ProgramTypes.NameOf(program.Type)}) is loaded and not attached: its section names no place, which an interface or cgroup would be");
        }
        if (loaded.Links.Count > 0)
            return true;
        output.Remark("error: nothing of the object is attached, so nothing would come");
        return false;
    }

    // Each walks once. True when there is nothing else to wait for.
    private bool ReadIterators()
    {
        bool isAll = true;
        byte[] buffer = new byte[16 << 10];
        foreach (KernelLink link in loaded.Links)
        {
            if (!IsIterator(link))
            {
                isAll = false;
                continue;
            }
            using Stream walk = IteratorReader.Open(link);
            while (loop.Signal is null && walk.Read(buffer) is > 0 and var count)
                output.Text(buffer.AsSpan(0, count));
        }
        return isAll;
    }

    private static bool IsIterator(KernelLink link)
    {
        try
        {
            return link.GetInfo().Type == LinkType.Iter;
        }
        catch (BpfException)
        {
            // What hangs on no link of the kernel's is none.
            return false;
        }
    }

    private void WaitForEnd()
    {
        long end = options.Timeout is { } timeout ? Environment.TickCount64 + (long)timeout.TotalMilliseconds : long.MaxValue;
        WakeReasons reasons = WakeReasons.None;
        while (true)
        {
            Pump();
            output.Flush();
            long left = end == long.MaxValue ? long.MaxValue : end - Environment.TickCount64;
            if ((reasons & (WakeReasons.Signal | WakeReasons.ProcessExit)) != 0 || loop.Signal is not null || left <= 0)
                return;
            reasons = loop.Wait(left == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(left));
        }
    }

    private void Pump()
    {
        foreach (RingBuffer ring in rings)
        {
            foreach (ReadOnlySpan<byte> record in ring.Read())
                output.Record(ring.Map.Name, types.TypeOf(ring.Map.Name, record.Length, isPadded: false), null, record);
        }
        foreach (PerfBuffer buffer in perfBuffers)
        {
            string name = buffer.Map.Name;
            buffer.Read((cpu, record) => output.Record(name, types.TypeOf(name, record.Length, isPadded: true), cpu, record));
        }
    }
}
