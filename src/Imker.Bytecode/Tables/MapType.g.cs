// Generated from eng/tables/map-types.tsv by eng/Imker.TableGenerator; edit the table, not this file.
namespace Imker.Bytecode;

/// <summary>The kinds of maps (<c>enum bpf_map_type</c>).</summary>
public enum MapType
{
    /// <summary><c>BPF_MAP_TYPE_UNSPEC</c></summary>
    Unspecified = 0,

    /// <summary><c>BPF_MAP_TYPE_HASH</c>, kernel 3.19</summary>
    Hash = 1,

    /// <summary><c>BPF_MAP_TYPE_ARRAY</c>, kernel 3.19</summary>
    Array = 2,

    /// <summary><c>BPF_MAP_TYPE_PROG_ARRAY</c>, kernel 4.2</summary>
    ProgArray = 3,

    /// <summary><c>BPF_MAP_TYPE_PERF_EVENT_ARRAY</c>, kernel 4.3</summary>
    PerfEventArray = 4,

    /// <summary><c>BPF_MAP_TYPE_PERCPU_HASH</c>, kernel 4.6</summary>
    PerCpuHash = 5,

    /// <summary><c>BPF_MAP_TYPE_PERCPU_ARRAY</c>, kernel 4.6</summary>
    PerCpuArray = 6,

    /// <summary><c>BPF_MAP_TYPE_STACK_TRACE</c>, kernel 4.6</summary>
    StackTrace = 7,

    /// <summary><c>BPF_MAP_TYPE_CGROUP_ARRAY</c>, kernel 4.8</summary>
    CgroupArray = 8,

    /// <summary><c>BPF_MAP_TYPE_LRU_HASH</c>, kernel 4.10</summary>
    LruHash = 9,

    /// <summary><c>BPF_MAP_TYPE_LRU_PERCPU_HASH</c>, kernel 4.10</summary>
    LruPerCpuHash = 10,

    /// <summary><c>BPF_MAP_TYPE_LPM_TRIE</c>, kernel 4.11</summary>
    LpmTrie = 11,

    /// <summary><c>BPF_MAP_TYPE_ARRAY_OF_MAPS</c>, kernel 4.12</summary>
    ArrayOfMaps = 12,

    /// <summary><c>BPF_MAP_TYPE_HASH_OF_MAPS</c>, kernel 4.12</summary>
    HashOfMaps = 13,

    /// <summary><c>BPF_MAP_TYPE_DEVMAP</c>, kernel 4.14</summary>
    Devmap = 14,

    /// <summary><c>BPF_MAP_TYPE_SOCKMAP</c>, kernel 4.14</summary>
    Sockmap = 15,

    /// <summary><c>BPF_MAP_TYPE_CPUMAP</c>, kernel 4.15</summary>
    Cpumap = 16,

    /// <summary><c>BPF_MAP_TYPE_XSKMAP</c>, kernel 4.18</summary>
    Xskmap = 17,

    /// <summary><c>BPF_MAP_TYPE_SOCKHASH</c>, kernel 4.18</summary>
    Sockhash = 18,

    /// <summary><c>BPF_MAP_TYPE_CGROUP_STORAGE</c>, kernel 4.19</summary>
    CgroupStorage = 19,

    /// <summary><c>BPF_MAP_TYPE_REUSEPORT_SOCKARRAY</c>, kernel 4.19</summary>
    ReuseportSockArray = 20,

    /// <summary><c>BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE</c>, kernel 4.20</summary>
    PerCpuCgroupStorage = 21,

    /// <summary><c>BPF_MAP_TYPE_QUEUE</c>, kernel 4.20</summary>
    Queue = 22,

    /// <summary><c>BPF_MAP_TYPE_STACK</c>, kernel 4.20</summary>
    Stack = 23,

    /// <summary><c>BPF_MAP_TYPE_SK_STORAGE</c>, kernel 5.2</summary>
    SkStorage = 24,

    /// <summary><c>BPF_MAP_TYPE_DEVMAP_HASH</c>, kernel 5.4</summary>
    DevmapHash = 25,

    /// <summary><c>BPF_MAP_TYPE_STRUCT_OPS</c>, kernel 5.6</summary>
    StructOps = 26,

    /// <summary><c>BPF_MAP_TYPE_RINGBUF</c>, kernel 5.8</summary>
    RingBuffer = 27,

    /// <summary><c>BPF_MAP_TYPE_INODE_STORAGE</c>, kernel 5.10</summary>
    InodeStorage = 28,

    /// <summary><c>BPF_MAP_TYPE_TASK_STORAGE</c>, kernel 5.11</summary>
    TaskStorage = 29,

    /// <summary><c>BPF_MAP_TYPE_BLOOM_FILTER</c>, kernel 5.16</summary>
    BloomFilter = 30,

    /// <summary><c>BPF_MAP_TYPE_USER_RINGBUF</c>, kernel 6.1</summary>
    UserRingBuffer = 31,

    /// <summary><c>BPF_MAP_TYPE_CGRP_STORAGE</c>, kernel 6.2</summary>
    CgrpStorage = 32,

    /// <summary><c>BPF_MAP_TYPE_ARENA</c>, kernel 6.9</summary>
    Arena = 33,
}

public static partial class KernelConstants
{
    public static KernelConstantTable<MapType> MapTypes { get; } = new(
    [
        new(MapType.Unspecified, "BPF_MAP_TYPE_UNSPEC", new Version(0, 0)),
        new(MapType.Hash, "BPF_MAP_TYPE_HASH", new Version(3, 19)),
        new(MapType.Array, "BPF_MAP_TYPE_ARRAY", new Version(3, 19)),
        new(MapType.ProgArray, "BPF_MAP_TYPE_PROG_ARRAY", new Version(4, 2)),
        new(MapType.PerfEventArray, "BPF_MAP_TYPE_PERF_EVENT_ARRAY", new Version(4, 3)),
        new(MapType.PerCpuHash, "BPF_MAP_TYPE_PERCPU_HASH", new Version(4, 6)),
        new(MapType.PerCpuArray, "BPF_MAP_TYPE_PERCPU_ARRAY", new Version(4, 6)),
        new(MapType.StackTrace, "BPF_MAP_TYPE_STACK_TRACE", new Version(4, 6)),
        new(MapType.CgroupArray, "BPF_MAP_TYPE_CGROUP_ARRAY", new Version(4, 8)),
        new(MapType.LruHash, "BPF_MAP_TYPE_LRU_HASH", new Version(4, 10)),
        new(MapType.LruPerCpuHash, "BPF_MAP_TYPE_LRU_PERCPU_HASH", new Version(4, 10)),
        new(MapType.LpmTrie, "BPF_MAP_TYPE_LPM_TRIE", new Version(4, 11)),
        new(MapType.ArrayOfMaps, "BPF_MAP_TYPE_ARRAY_OF_MAPS", new Version(4, 12)),
        new(MapType.HashOfMaps, "BPF_MAP_TYPE_HASH_OF_MAPS", new Version(4, 12)),
        new(MapType.Devmap, "BPF_MAP_TYPE_DEVMAP", new Version(4, 14)),
        new(MapType.Sockmap, "BPF_MAP_TYPE_SOCKMAP", new Version(4, 14)),
        new(MapType.Cpumap, "BPF_MAP_TYPE_CPUMAP", new Version(4, 15)),
        new(MapType.Xskmap, "BPF_MAP_TYPE_XSKMAP", new Version(4, 18)),
        new(MapType.Sockhash, "BPF_MAP_TYPE_SOCKHASH", new Version(4, 18)),
        new(MapType.CgroupStorage, "BPF_MAP_TYPE_CGROUP_STORAGE", new Version(4, 19)),
        new(MapType.ReuseportSockArray, "BPF_MAP_TYPE_REUSEPORT_SOCKARRAY", new Version(4, 19)),
        new(MapType.PerCpuCgroupStorage, "BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE", new Version(4, 20)),
        new(MapType.Queue, "BPF_MAP_TYPE_QUEUE", new Version(4, 20)),
        new(MapType.Stack, "BPF_MAP_TYPE_STACK", new Version(4, 20)),
        new(MapType.SkStorage, "BPF_MAP_TYPE_SK_STORAGE", new Version(5, 2)),
        new(MapType.DevmapHash, "BPF_MAP_TYPE_DEVMAP_HASH", new Version(5, 4)),
        new(MapType.StructOps, "BPF_MAP_TYPE_STRUCT_OPS", new Version(5, 6)),
        new(MapType.RingBuffer, "BPF_MAP_TYPE_RINGBUF", new Version(5, 8)),
        new(MapType.InodeStorage, "BPF_MAP_TYPE_INODE_STORAGE", new Version(5, 10)),
        new(MapType.TaskStorage, "BPF_MAP_TYPE_TASK_STORAGE", new Version(5, 11)),
        new(MapType.BloomFilter, "BPF_MAP_TYPE_BLOOM_FILTER", new Version(5, 16)),
        new(MapType.UserRingBuffer, "BPF_MAP_TYPE_USER_RINGBUF", new Version(6, 1)),
        new(MapType.CgrpStorage, "BPF_MAP_TYPE_CGRP_STORAGE", new Version(6, 2)),
        new(MapType.Arena, "BPF_MAP_TYPE_ARENA", new Version(6, 9)),
    ]);
}
