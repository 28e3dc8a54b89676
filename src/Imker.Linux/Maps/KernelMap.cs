using Imker.Bytecode;
using Imker.Hosting;
using Imker.Linux.Interop;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>
/// A map in the kernel, held by a descriptor. Reading and writing neither allocate nor throw for what may be absent.
/// Safe for use by several threads, as the kernel is.
/// </summary>
public sealed partial class KernelMap : MapStore, IDisposable
{
    private KernelMap(Descriptor descriptor, in MapParameters parameters)
    {
        Descriptor = descriptor;
        Name = parameters.Name;
        Type = parameters.Type;
        KeySize = parameters.KeySize;
        ValueSize = parameters.ValueSize;
        MaxEntries = parameters.MaxEntries;
        Flags = parameters.Flags;
        ValueBufferSize = IsPerCpu(Type) ? AlignedValueSize * Cpus.PossibleCount : ValueSize;
    }

    public override string Name { get; }

    public override MapType Type { get; }

    public override int KeySize { get; }

    public override int ValueSize { get; }

    public override int ValueBufferSize { get; }

    public override uint MaxEntries { get; }

    public MapFlags Flags { get; }

    /// <summary>Whether each CPU has its own value.</summary>
    public bool HasValuePerCpu => IsPerCpu(Type);

    internal Descriptor Descriptor { get; }

    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelMap Create(in MapParameters parameters)
    {
        Descriptor descriptor = TryCreate(parameters, out Errno error) ?? throw Refusal(parameters, error);
        return new KernelMap(descriptor, parameters);
    }

    public void Dispose() => Descriptor.Dispose();

    /// <summary>The bare creation, for probes and <see cref="Create"/>.</summary>
    internal static Descriptor? TryCreate(in MapParameters parameters, out Errno error)
    {
        using DescriptorUse inner = new(parameters.InnerMap?.Descriptor);
        using DescriptorUse btf = new(parameters.Btf?.Descriptor);
        var attributes = new MapCreateAttributes
        {
            Type = (uint)parameters.Type,
            KeySize = (uint)parameters.KeySize,
            ValueSize = (uint)parameters.ValueSize,
            MaxEntries = parameters.MaxEntries,
            Flags = (uint)parameters.Flags,
            InnerMap = inner.Number,
            NumaNode = parameters.NumaNode,
            Name = ObjectName.From(parameters.Name),
            Btf = btf.Number,
            BtfKeyType = parameters.BtfKeyType,
            BtfValueType = parameters.BtfValueType,
            BtfVmlinuxValueType = parameters.BtfKernelValueType,
            Extra = parameters.Extra,
        };
        return MemoryLockLimit.Retry(ref attributes, BpfCommand.MapCreate, out error);
    }

    private static BpfException Refusal(in MapParameters parameters, Errno error)
    {
        string doing = $"create {parameters}", call = BpfCommand.MapCreate.KernelName();
        if (error == Errno.NoMemory || error == Errno.TooBig)
            return new BpfException(doing, call, error, "fewer entries, or smaller ones, need less memory");
        return BpfException.ForPrivileged(doing, call, error, Capability.Bpf);
    }

    private static bool IsPerCpu(MapType type) =>
        type is MapType.PerCpuHash or MapType.PerCpuArray or MapType.LruPerCpuHash or MapType.PerCpuCgroupStorage;
}
