using BenchmarkDotNet.Attributes;
using Imker.Btf;

namespace Imker.Microbenchmarks;

/// <summary>The running kernel's types, as a script meets them: once a run, for a struct or two.</summary>
[MemoryDiagnoser]
public class KernelBtfBenchmarks
{
    private byte[] bytes = [];

    [GlobalSetup]
    public void ReadBytes() => bytes = File.ReadAllBytes("/sys/kernel/btf/vmlinux");

    [Benchmark]
    public BtfFile Open() => BtfFile.Read("vmlinux", bytes);

    [Benchmark]
    public bool OpenAndFindOneStruct() => BtfFile.Read("vmlinux", bytes).TryFind(BtfKind.Struct, "task_struct", out _);
}
