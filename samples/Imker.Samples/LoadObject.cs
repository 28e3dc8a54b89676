using Imker.Hosting;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Samples;

/// <summary>Loads an object that clang has built, with its map pinned where the next load finds it again.</summary>
internal static class LoadObject
{
    private const string Pin = "/sys/fs/bpf/mine/imker_pinned";

    public static int Run()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Pin)!);
        string path = Path.Combine(AppContext.BaseDirectory, "pinned.bpf.o");
        try
        {
            Count(path);
            Count(path);
        }
        finally
        {
            File.Delete(Pin);
            Directory.Delete(Path.GetDirectoryName(Pin)!);
        }
        return 0;
    }

    private static void Count(string path)
    {
        BpfObject source = BpfObjectReader.Read(File.ReadAllBytes(path), path);
        using LoadedObject loaded = ObjectLoader.Load(source, new LoadOptions { PinDirectory = "/sys/fs/bpf/mine" });
        foreach (AttachFailure failure in loaded.Attach())
            throw failure.Reason;

        loaded.Programs["count"].Run(new TestRun { Data = new byte[64] });
        var counts = new BpfMap<uint, ulong>(loaded.Maps["imker_pinned"]);
        Console.WriteLine(counts.TryGetValue(0, out ulong packets) ? $"{packets} packets so far" : "nothing was counted");
    }
}
