using Imker.Linux;
using Imker.Objects;

namespace Imker.Samples;

/// <summary>Loads an object, attaches it, and reads its ring buffer without a session.</summary>
internal static class ReadRecords
{
    private const int Wanted = 3;

    // One ring on machines of any size: it is a map of its own then.
    private const string Script = """config = { data_rings = 1 } interval:ms:10 { printf("%d\n", 1); }""";

    public static int Run()
    {
        BpfObject blueprint = CompileScript.Compile(Script, new LinuxTargetFacts());
        int count = 0;

        using LoadedObject loaded = ObjectLoader.Load(blueprint);   // maps made, programs verified
        loaded.Run(RunPhase.Begin);
        foreach (AttachFailure failure in loaded.Attach())          // the rest is attached
            throw failure.Reason;
        using var ring = new RingBuffer(loaded.Maps[RecordSchema.DataRing]);
        using var loop = new EventLoop();
        loop.Add(ring);
        loop.CatchSignals();
        while (loop.Signal is null && count < Wanted)
        {
            loop.Wait(Timeout.InfiniteTimeSpan);
            foreach (ReadOnlySpan<byte> record in ring.Read())      // in place, without allocation
                count += record.IsEmpty ? 0 : 1;
        }
        loaded.Detach();                                            // returns when no program runs any more
        loaded.Run(RunPhase.End);

        Console.WriteLine($"{Wanted} records came");
        return 0;
    }
}
