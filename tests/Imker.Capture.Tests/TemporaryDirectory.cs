using Imker.TestKit;

namespace Imker.Capture.Tests;

/// <summary>A directory that everybody can write, since tcpdump gives up root's rights before it writes; removed with its files.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("imker-capture-");

    public TemporaryDirectory() => RunningProgram.RunShell($"chmod 777 {directory.FullName}");

    public string PathOf(string name) => Path.Combine(directory.FullName, name);

    public string Write(string name, byte[] bytes)
    {
        string path = PathOf(name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => directory.Delete(recursive: true);
}
