using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;

namespace Imker.Symbols;

/// <summary>
/// The functions of other processes: their executables and libraries, the vdso, and what their just-in-time compilers name. What
/// a process maps is looked at again after a while and remembered after its end. Not safe for use by several threads at once.
/// </summary>
public sealed class ProcessSymbols
{
    /// <summary>For how long a process's mappings are trusted.</summary>
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(100);

    private const int MostProcesses = 1024, MostFiles = 1024;

    private readonly IProcessFiles files;
    private readonly TimeProvider time;
    private readonly Dictionary<int, TracedProcess> processes = [];
    private readonly Dictionary<FileVersion, MappedFile> mappedFiles = [];

    public ProcessSymbols(IProcessFiles files, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        this.files = files;
        this.time = time ?? TimeProvider.System;
    }

    // A file that was written anew in place keeps its inode.
    private readonly record struct FileVersion(FileIdentity Identity, DateTime Modified, long Length);

    /// <summary>
    /// The function that holds an address of a process. A process that is gone before it was first asked for has no names; the
    /// answer then is the address alone.
    /// </summary>
    public Symbolized Resolve(int processId, ulong address) => GetProcess(processId).Resolve(address);

    /// <summary>Looks at a process while it lives, so that it can be asked for after its end.</summary>
    public void Remember(int processId) => GetProcess(processId);

    private TracedProcess GetProcess(int processId)
    {
        if (processes.TryGetValue(processId, out TracedProcess? process))
        {
            process.RefreshIfOld();
            return process;
        }
        if (processes.Count == MostProcesses)
            processes.Clear();
        process = new TracedProcess(this, processId);
        processes.Add(processId, process);
        return process;
    }

    private MappedFile GetMappedFile(int processId, in ProcessMapping mapping)
    {
        using SafeFileHandle? handle = files.OpenMapped(processId, mapping);
        if (handle is null)
            return MappedFile.Unknown;
        var version = new FileVersion(mapping.File, File.GetLastWriteTimeUtc(handle), RandomAccess.GetLength(handle));
        if (mappedFiles.TryGetValue(version, out MappedFile? known))
            return known;
        if (mappedFiles.Count == MostFiles)
            mappedFiles.Clear();
        MappedFile file = MappedFile.Read(mapping.Path, handle, files);
        mappedFiles.Add(version, file);
        return file;
    }

    private sealed class TracedProcess
    {
        private const int MostRemembered = 16 * 1024, MostVdsoBytes = 256 * 1024;

        private readonly ProcessSymbols owner;
        private readonly int id;
        private readonly Dictionary<ulong, Symbolized> remembered = [];
        private readonly Dictionary<ulong, MappedFile> opened = [];
        private byte[] maps = [];
        private ImmutableArray<ProcessMapping> mappings = [];
        private AddressTable? perfMap;
        private long perfMapLength;
        private long refreshedAt;

        public TracedProcess(ProcessSymbols owner, int id)
        {
            this.owner = owner;
            this.id = id;
            Refresh();
        }

        public Symbolized Resolve(ulong address)
        {
            if (remembered.TryGetValue(address, out Symbolized known))
                return known;
            if (remembered.Count == MostRemembered)
                remembered.Clear();
            Symbolized found = Find(address);
            remembered.Add(address, found);
            return found;
        }

        public void RefreshIfOld()
        {
            if (owner.time.GetElapsedTime(refreshedAt) >= RefreshInterval)
                Refresh();
        }

        private void Refresh()
        {
            refreshedAt = owner.time.GetTimestamp();
            if (owner.files.ReadMaps(id) is not { Length: > 0 } text)
                return;
            RefreshPerfMap();
            if (text.AsSpan().SequenceEqual(maps))
                return;
            maps = text;
            mappings = ProcessMapping.Parse(text);
            opened.Clear();
            remembered.Clear();
        }

        // A perf map is only read for a process that has code outside of any file, and again when it has grown.
        private void RefreshPerfMap()
        {
            if (perfMap is null)
                return;
            using SafeFileHandle? handle = owner.files.OpenPerfMap(id);
            if (handle is null || RandomAccess.GetLength(handle) == perfMapLength)
                return;
            perfMap = null;
            remembered.Clear();
        }

        private Symbolized Find(ulong address)
        {
            if (!TryFindMapping(address, out ProcessMapping mapping))
                return new Symbolized(address, null, 0, null);
            string? module = mapping.Path.Length > 0 ? mapping.Path : null;
            if (GetMappedFile(mapping).TryFind(mapping, address, out string name, out ulong offset))
                return new Symbolized(address, name, offset, module);
            return (perfMap ??= ReadPerfMap()).TryFind(address, out name, out offset, out _)
                ? new Symbolized(address, name, offset, module)
                : new Symbolized(address, null, 0, module);
        }

        private bool TryFindMapping(ulong address, out ProcessMapping mapping)
        {
            int low = 0, high = mappings.Length;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (mappings[middle].End <= address)
                    low = middle + 1;
                else
                    high = middle;
            }
            mapping = low < mappings.Length ? mappings[low] : default;
            return mapping.Contains(address);
        }

        private MappedFile GetMappedFile(in ProcessMapping mapping)
        {
            if (opened.TryGetValue(mapping.Start, out MappedFile? file))
                return file;
            file = mapping.HasFile ? owner.GetMappedFile(id, mapping)
                : mapping.Path == "[vdso]" ? ReadVdso(mapping)
                : MappedFile.Unknown;
            opened.Add(mapping.Start, file);
            return file;
        }

        private MappedFile ReadVdso(in ProcessMapping mapping)
        {
            int length = (int)Math.Min(mapping.End - mapping.Start, MostVdsoBytes);
            return owner.files.ReadMemory(id, mapping.Start, length) is { } image
                ? MappedFile.Read(mapping.Path, image, owner.files)
                : MappedFile.Unknown;
        }

        private AddressTable ReadPerfMap()
        {
            using SafeFileHandle? handle = owner.files.OpenPerfMap(id);
            if (handle is null)
                return AddressTable.Empty;
            perfMapLength = RandomAccess.GetLength(handle);
            using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            return PerfMap.Read(stream);
        }
    }
}
