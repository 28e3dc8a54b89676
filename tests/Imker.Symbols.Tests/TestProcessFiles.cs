using Microsoft.Win32.SafeHandles;

namespace Imker.Symbols.Tests;

/// <summary>Files of processes of this machine, opened plainly; each answer can be replaced.</summary>
internal sealed class TestProcessFiles : IProcessFiles
{
    public Func<int, byte[]?> Maps { get; init; } = id => Try(() => File.ReadAllBytes($"/proc/{id}/maps"));

    public Func<int, string, string?> PathOf { get; init; } = (id, path) => $"/proc/{id}/root{path}";

    public string? PerfMapPath { get; set; }

    public string? DebugFilePath { get; init; }

    public byte[]? Memory { get; init; }

    public int MapsRead { get; private set; }

    public int FilesOpened { get; private set; }

    public byte[]? ReadMaps(int processId)
    {
        MapsRead++;
        return Maps(processId);
    }

    public SafeFileHandle? OpenMapped(int processId, in ProcessMapping mapping)
    {
        FilesOpened++;
        return Open(PathOf(processId, mapping.Path));
    }

    public SafeFileHandle? OpenPerfMap(int processId) => Open(PerfMapPath);

    public SafeFileHandle? OpenDebugFile(ReadOnlySpan<byte> buildId) => Open(DebugFilePath);

    public byte[]? ReadMemory(int processId, ulong address, int length) => Memory ?? Try(() =>
    {
        using SafeFileHandle memory = File.OpenHandle($"/proc/{processId}/mem");
        byte[] bytes = new byte[length];
        return RandomAccess.Read(memory, bytes, (long)address) == length ? bytes : null;
    });

    private static SafeFileHandle? Open(string? path) => path is null ? null : Try(() => File.OpenHandle(path));

    private static T? Try<T>(Func<T?> action)
        where T : class
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
