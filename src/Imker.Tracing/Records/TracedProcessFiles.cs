using Imker.Linux;
using Imker.Symbols;
using Microsoft.Win32.SafeHandles;

namespace Imker.Tracing.Records;

/// <summary>Opens what symbols are read from by the rules of <see cref="ProcessFiles"/>.</summary>
/// <param name="mappings">Knows what processes mapped that have ended; null where nobody took notes.</param>
internal sealed class TracedProcessFiles(MappingLog? mappings) : IProcessFiles
{
    private const string DebugDirectory = "/usr/lib/debug/.build-id";

    public byte[]? ReadMaps(int processId) => mappings is null ? ProcessFiles.ReadMaps(processId) : mappings.ReadMaps(processId);

    public SafeFileHandle? OpenMapped(int processId, in ProcessMapping mapping)
    {
        SafeFileHandle? byPath = mapping.IsDeleted
            ? null
            : ProcessFiles.OpenMapped(processId, mapping.Path, new FileKey(mapping.File.Major, mapping.File.Minor, mapping.File.Inode));
        return byPath ?? ProcessFiles.OpenMapping(processId, mapping.Start, mapping.End, mapping.File.Inode);
    }

    public SafeFileHandle? OpenPerfMap(int processId) => ProcessFiles.OpenPerfMap(processId);

    public SafeFileHandle? OpenDebugFile(ReadOnlySpan<byte> buildId) => buildId.Length < 2
        ? null
        : ProcessFiles.OpenExecutable($"{DebugDirectory}/{Convert.ToHexStringLower(buildId[..1])}/{Convert.ToHexStringLower(buildId[1..])}.debug");

    public byte[]? ReadMemory(int processId, ulong address, int length) => ProcessFiles.ReadMemory(processId, address, length);
}
