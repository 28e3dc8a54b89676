using Imker.Bytecode;
using Imker.Hosting;
using Imker.Linux.Tests.Maps;
using Imker.Objects;

namespace Imker.Linux.Tests.Hosting;

public sealed class BpfMapTests
{
    [Fact]
    public void A_map_is_used_through_the_types_of_its_keys_and_values()
    {
        using KernelMap store = KernelMapTests.NewHash(10);
        var map = new BpfMap<uint, ulong>(store) { [1] = 10, [2] = 20 };
        Assert.Equal(10UL, map[1]);
        Assert.False(map.TryAdd(1, 11));
        Assert.True(map.TryAdd(3, 30));
        Assert.True(map.Remove(2));
        Assert.False(map.Remove(2));
        Assert.False(map.TryGetValue(2, out _));
        Assert.Throws<KeyNotFoundException>(() => map[2]);
        var all = new Dictionary<uint, ulong>();
        foreach ((uint key, ulong value) in map)
            all.Add(key, value);
        Assert.Equal(new Dictionary<uint, ulong> { [1] = 10, [3] = 30 }, all);
    }

    [Fact]
    public void Sizes_are_checked_when_the_view_is_made()
    {
        using KernelMap store = KernelMapTests.NewHash(10);
        Assert.Throws<ArgumentException>(() => new BpfMap<ulong, ulong>(store));
        Assert.Throws<ArgumentException>(() => new BpfMap<uint, uint>(store));
        using KernelMap perCpu = KernelMap.Create(new MapParameters(MapType.PerCpuArray, 4, 8, 1));
        Assert.SkipUnless(Cpus.PossibleCount > 1, "with one CPU there is no difference");
        Assert.Throws<ArgumentException>(() => new BpfMap<uint, ulong>(perCpu));
    }

    [Fact]
    public void The_kernel_is_a_host()
    {
        IBpfHost host = new KernelHost();
        BpfObject source = Loading.ObjectLoaderTests.WithData(
            [Instruction.Load(MemorySize.DoubleWord, Register.R0, Register.R1, 0), Instruction.Exit], ProgramType.RawTracepoint);
        using IBpfInstance instance = host.Load(source);
        Assert.Equal(77u, instance.Run("main", BitConverter.GetBytes(77UL)));
        Assert.Equal(".bss", instance.GetMap(".bss").Name);
        Assert.Throws<KeyNotFoundException>(() => instance.GetMap("nowhere"));
    }
}
