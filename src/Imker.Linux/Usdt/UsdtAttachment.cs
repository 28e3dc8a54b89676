using System.Globalization;
using Imker.Elf;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>Attaches a program to every place that a USDT probe stands for.</summary>
internal static class UsdtAttachment
{
    /// <exception cref="BpfException">There is no such probe, or the kernel refuses it.</exception>
    /// <exception cref="FeatureNotSupportedException">The kernel has no cookies, and no process was given.</exception>
    internal static KernelLink Attach(KernelProgram program, UsdtAttach attach, UsdtSpecs specs, int? processId)
    {
        string name = attach.DisplayName.Length > 0 ? attach.DisplayName : $"usdt:{attach.Binary}:{attach.Provider}:{attach.Name}";
        string path = UserBinaries.PathForKernel(attach.Binary)
            ?? throw new BpfException($"attach {name}", "open", Errno.NoEntry, $"{attach.Binary} cannot be opened as a regular file");
        UprobePlace[] places = [.. Find(name, attach).Select(probe => PlaceOf(name, attach, path, probe, specs, processId))];
        if (program.ExpectedAttachType is { } attachType)
        {
            return UprobeMultiLink.Attach(program, attachType, name, path, [.. places.Select(p => p.Offset)], [.. places.Select(p => p.Cookie)],
                isReturn: false, processId, places.All(p => p.Semaphore == 0) ? [] : [.. places.Select(p => p.Semaphore)]);
        }
        return UprobeAttachment.AttachEach(program, name, places, isReturn: false, processId);
    }

    private static List<UsdtProbe> Find(string name, UsdtAttach attach)
    {
        List<UsdtProbe> all = [.. UserBinaries.Open(attach.Binary)?.UsdtProbes ?? []];
        List<UsdtProbe> probes = [.. all.Where(probe => probe.Provider == attach.Provider && probe.Name == attach.Name)];
        if (probes.Count > 0)
            return probes;
        string suggestion = Diagnostics.Spelling.Suggestion($"{attach.Provider}:{attach.Name}", all.Select(probe => $"{probe.Provider}:{probe.Name}").Distinct());
        throw new BpfException($"attach {name}", "open", Errno.NoEntry, $"{attach.Binary} has no USDT probe '{attach.Provider}:{attach.Name}'{suggestion}");
    }

    private static UprobePlace PlaceOf(string name, UsdtAttach attach, string path, in UsdtProbe probe, UsdtSpecs specs, int? processId)
    {
        ElfFile file = UserBinaries.Open(attach.Binary)!;
        if (!file.TryGetFileOffset(probe.Address, out ulong offset))
            throw new BpfException($"attach {name}", "open", Errno.Invalid, $"the probe at 0x{probe.Address:x} lies in no segment of {attach.Binary}");
        ulong semaphore = probe.Semaphore != 0 && file.TryGetFileOffset(probe.Semaphore, out ulong place) ? place : 0;
        if (!specs.AreUsed)
            return new UprobePlace(path, offset, attach.Cookie) { Semaphore = semaphore };
        int number = specs.Add(name, probe, attach.Cookie);
        if (FeatureProbes.Ask(KernelFeature.AttachCookie) == FeatureState.Present)
            return new UprobePlace(path, offset, (ulong)number) { Semaphore = semaphore };
        specs.SetAddress(AddressIn(processId, attach, offset)
            ?? throw new FeatureNotSupportedException($"attach {name} without a process that has mapped {attach.Binary}", KernelFeature.AttachCookie, FeatureState.Absent), number);
        return new UprobePlace(path, offset) { Semaphore = semaphore };
    }

    /// <summary>Where a place of a file is in a process; null where it is not mapped.</summary>
    private static ulong? AddressIn(int? processId, UsdtAttach attach, ulong offset)
    {
        if (processId is not { } process || !Interop.FileFacts.TryGet(attach.Binary, out Interop.FileStatus wanted))
            return null;
        foreach (string line in (PseudoFile.TryReadText($"/proc/{process}/maps") ?? "").Split('\n'))
        {
            // 7f12-7f34 r-xp 00002000 08:01 1234   /usr/lib/libc.so.6
            if (line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries) is [var range, _, var start, _, var inode, ..]
                && range.Split('-') is [var from, var to] && inode == wanted.Inode.ToString(CultureInfo.InvariantCulture)
                && TryHex(from, out ulong first) && TryHex(to, out ulong end) && TryHex(start, out ulong fileStart)
                && offset >= fileStart && offset - fileStart < end - first)
                return first + offset - fileStart;
        }
        return null;
    }

    private static bool TryHex(string text, out ulong value) => ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
