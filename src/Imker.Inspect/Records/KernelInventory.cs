using System.Collections.Immutable;
using Imker.Btf;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>What is asked once for all objects of a listing, when it is first needed. Not safe for use by several threads at once.</summary>
/// <param name="showsPins">Whether to look for where objects are pinned.</param>
public sealed class KernelInventory(bool showsPins)
{
    private readonly Dictionary<uint, BtfFile?> types = [];
    private readonly Lazy<ObjectHolders> holders = new(ObjectHolders.Find);
    private readonly Lazy<PinnedObjects> pins = new(PinnedObjects.Find);
    private readonly Lazy<long> bootToWall = new(Clocks.BootToWallNanoseconds);
    private readonly Lazy<Symbols.KernelSymbols> symbols = new(() => new Symbols.KernelSymbols());

    internal Symbols.KernelSymbols Symbols => symbols.Value;

    /// <summary>Seconds since 1970 of a time since the start of the machine.</summary>
    internal long ToUnixSeconds(TimeSpan afterBoot) => (afterBoot.Ticks * 100 + bootToWall.Value) / 1_000_000_000;

    /// <summary>Adds <c>pinned</c> and <c>pids</c>, where there are any.</summary>
    internal void AddHolders(RecordBuilder record, KernelObjectKind kind, uint id)
    {
        if (showsPins)
            record.AddList("pinned", pins.Value.Of(kind, id).Select(OutputValue.Text));
        record.AddList("pids", holders.Value.Of(kind, id).Select(holder =>
            new RecordBuilder().Add("pid", (ulong)holder.ProcessId).Add("comm", holder.Command).Build()));
    }

    /// <summary>Type information by its number; null when it is gone or not to be read.</summary>
    internal BtfFile? TypesOf(uint btfId)
    {
        if (btfId == 0)
            return null;
        if (!types.TryGetValue(btfId, out BtfFile? file))
            types.Add(btfId, file = ReadTypes(btfId));
        return file;
    }

    private static BtfFile? ReadTypes(uint btfId)
    {
        using BtfHandle? handle = BtfHandle.TryOpen(btfId);
        if (handle is null)
            return null;
        BtfInfo info = handle.GetInfo();
        BtfFile? kernel = info.IsKernel ? KernelBtfFile.Types : null;
        if (info is { IsKernel: true, Name: "vmlinux" })
            return kernel;
        return BtfFile.TryRead(info.Name.Length > 0 ? info.Name : $"BTF {btfId}", handle.ReadBytes(), kernel, out BtfFile? file, out ImmutableArray<Diagnostics.Diagnostic> _)
            ? file
            : null;
    }
}
