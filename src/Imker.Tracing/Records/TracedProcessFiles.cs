using Imker.Symbols;
using Microsoft.Win32.SafeHandles;
namespace Imker.Tracing.Records;
internal sealed class TracedProcessFiles : IProcessFiles
{
    public byte[]? ReadMaps(int processId) => null;
    public SafeFileHandle? OpenMapped(int processId, in ProcessMapping mapping) => null;
    public SafeFileHandle? OpenPerfMap(int processId) => null;
    public SafeFileHandle? OpenDebugFile(ReadOnlySpan<byte> buildId) => null;
    public byte[]? ReadMemory(int processId, ulong address, int length) => null;
}
