using System.Diagnostics;
using System.Text;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Samples;

/// <summary>Reads the ring buffer of an object that clang has built.</summary>
internal static class ReadRing
{
    // Of struct start in starts.bpf.c.
    private const int CommandOffset = 8, CommandLength = 16;

    public static int Run()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "starts.bpf.o");
        using LoadedObject loaded = ObjectLoader.Load(BpfObjectReader.Read(File.ReadAllBytes(path), path));
        foreach (AttachFailure failure in loaded.Attach())
            throw failure.Reason;

        using var ring = new RingBuffer(loaded.Maps["starts"]);
        using var loop = new EventLoop();
        loop.Add(ring);
        loop.CatchSignals();
        using Process child = Process.Start("/bin/true");
        for (bool seen = false; !seen && loop.Signal is null;)
        {
            loop.Wait(Timeout.InfiniteTimeSpan);
            foreach (ReadOnlySpan<byte> record in ring.Read())
            {
                int pid = BitConverter.ToInt32(record);
                string command = Encoding.UTF8.GetString(record.Slice(CommandOffset, CommandLength)).TrimEnd('\0');
                seen |= pid == child.Id;
                if (pid == child.Id)
                    Console.WriteLine($"{command} was started");
            }
        }
        child.WaitForExit();
        return 0;
    }
}
