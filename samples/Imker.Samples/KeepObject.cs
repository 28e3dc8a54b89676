using Imker.Linux;
using Imker.Objects;

namespace Imker.Samples;

/// <summary>Keeps a compiled script as a file, and the target's answers with it, so that it can be compiled again elsewhere.</summary>
internal static class KeepObject
{
    private const string Script = "tracepoint:syscalls:sys_enter_openat { @[comm] = count(); }";

    public static int Run()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("imker-sample-");
        string path = Path.Combine(directory.FullName, "target.json");
        try
        {
            byte[] first = KeepAnswers(path), second = CompileFrom(path);
            Console.WriteLine(first.AsSpan().SequenceEqual(second) ? "the same bytes" : "other bytes");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
        return 0;
    }

    private static byte[] KeepAnswers(string path)
    {
        var recording = new RecordingTargetFacts(new LinuxTargetFacts());
        BpfObject compiled = CompileScript.Compile(Script, recording);
        File.WriteAllBytes(path, recording.ToDescription());

        byte[] file = BpfObjectWriter.Write(compiled);                  // the same object gives the same bytes
        BpfObject again = BpfObjectReader.Read(file, "example.bpf.o");  // nothing is lost
        return BpfObjectWriter.Write(again);
    }

    private static byte[] CompileFrom(string path)
    {
        TargetDescription target = TargetDescription.Read(path, File.ReadAllBytes(path));
        return BpfObjectWriter.Write(CompileScript.Compile(Script, target));
    }
}
