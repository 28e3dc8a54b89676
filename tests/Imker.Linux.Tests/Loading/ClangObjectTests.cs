using System.Buffers.Binary;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Linux.Tests.Loading;

/// <summary>Objects of clang's, loaded and run by this kernel: what a program leaves behind shows that all of it was resolved.</summary>
public sealed class ClangObjectTests
{
    private const int PacketLength = 64;
    private static readonly byte[] packet = new byte[PacketLength];

    public ClangObjectTests() => Machine.RequireRoot();

    [Fact]
    public void A_hash_map_with_a_struct_for_its_key_counts()
    {
        using LoadedObject loaded = Load("hash");
        Assert.Equal([1u, 2u, 3u], Enumerable.Range(0, 3).Select(_ => Run(loaded, "count")));
        byte[] value = new byte[8];
        Assert.True(loaded.Maps["counts"].TryLookup([1, 0, 0, 0, 2, 0, 3, 0], value));
        Assert.Equal(3, BinaryPrimitives.ReadInt64LittleEndian(value));
    }

    [Fact]
    public void An_array_has_a_value_for_each_processor()
    {
        using LoadedObject loaded = Load("percpu");
        Run(loaded, "count");
        Run(loaded, "count");
        byte[] values = new byte[loaded.Maps["slots"].ValueBufferSize];
        Assert.True(loaded.Maps["slots"].TryLookup([1, 0, 0, 0], values));
        Assert.Equal(2, Enumerable.Range(0, values.Length / 8).Sum(i => BinaryPrimitives.ReadInt64LittleEndian(values.AsSpan(8 * i))));
    }

    [Fact]
    public void Global_data_has_its_first_values_and_keeps_what_is_written()
    {
        using LoadedObject loaded = Load("globals");
        Assert.Equal(100 + 3 * 1 + 2 + (uint)'e', Run(loaded, "use"));
        Assert.Equal(100 + 3 * 2 + 4 + (uint)'e', Run(loaded, "use"));
        Assert.Equal((2, 0x11223344, 4L), (Variable(loaded, "calls"), Variable(loaded, "own"), Long(loaded, "hidden_calls")));
        Assert.Throws<BpfException>(() => loaded.Maps[".rodata"].Update(new byte[4], new byte[loaded.Maps[".rodata"].ValueSize]));
    }

    [Fact]
    public void Subprograms_are_called_whatever_their_linkage()
    {
        using LoadedObject loaded = Load("subprograms");
        // The kernel takes the Ethernet header off.
        int length = PacketLength - 14;
        int deep = 2 * length + 1;
        Assert.Equal((uint)(deep + 10 + length + 100 + length + 1000 + deep), Run(loaded, "call"));
        Assert.Equal((uint)(2 * length + 101), Run(loaded, "call_again"));
    }

    [Fact]
    public void Callbacks_are_called()
    {
        KernelGate.Require(KernelFeature.Loop);
        using LoadedObject loaded = Load("callbacks");
        Assert.Equal(605u, Run(loaded, "iterate"));
    }

    [Fact]
    public void The_configuration_sets_variables()
    {
        KernelGate.Require("readable_configuration");
        using LoadedObject loaded = Load("kconfig");
        Assert.Equal(7u, Run(loaded, "read"));
        var facts = new LinuxTargetFacts();
        Assert.Equal((int)KernelRelease.Code, Variable(loaded, "version"));
        Assert.Equal(facts.Has(KernelFeature.AttachCookie) ? 1 : 0, Variable(loaded, "cookie"));
        Assert.Equal(1 + 2 * (facts.KernelConfiguration("CONFIG_BPF_JIT") == "y" ? 1 : 0), Variable(loaded, "option"));
        Assert.Equal(('y', 0L), ((char)Variable(loaded, "letter"), Long(loaded, "missing")));
        Assert.Equal(facts.KernelConfiguration("CONFIG_DEFAULT_HOSTNAME")?[1..3] ?? "\0\0", string.Concat(Bytes(loaded, "host")[..2].Select(b => (char)b)));
    }

    [Fact]
    public void Symbols_of_the_kernel_have_their_addresses_and_weak_ones_may_be_missing()
    {
        using LoadedObject loaded = Load("ksyms");
        loaded.Programs["look"].Run(new TestRun { Context = new byte[16] });
        Assert.Equal((long)KernelSymbols.Find("_stext")!.Value, Long(loaded, "start"));
        Assert.Equal((0L, 0L), (Long(loaded, "missing_address"), Long(loaded, "missing_variable")));
    }

    [Fact]
    public void Variables_of_the_kernel_are_named_by_their_types()
    {
        KernelGate.Require("typed_variables");
        var options = new LoadOptions { Programs = ["typed"] };
        if (KernelSymbols.Find("runqueues") is null)
        {
            // The verifier knows by the type which variable is meant, and finds no address for it.
            VerifierException refusal = Assert.Throws<VerifierException>(() => ObjectLoader.Load(Read("ksyms"), options));
            Assert.Contains("failed to find the address for kernel symbol 'runqueues'", refusal.Log, StringComparison.Ordinal);
            return;
        }
        using LoadedObject loaded = ObjectLoader.Load(Read("ksyms"), options);
        loaded.Programs["typed"].Run(new TestRun { Context = new byte[16] });
        Assert.NotEqual(0, Long(loaded, "queue"));
    }

    [Fact]
    public void Functions_of_the_kernel_are_called_and_weak_ones_may_be_missing()
    {
        KernelGate.Require(KernelFeature.OpenCodedIterators);
        using LoadedObject loaded = Load("kfuncs");
        Assert.Equal(10u, loaded.Programs["sum"].Run(new TestRun()).ReturnValue);
        Assert.Equal((10, 1), (Variable(loaded, "total"), Variable(loaded, "has_lock")));
    }

    [Fact]
    public void An_array_of_programs_is_filled()
    {
        using LoadedObject loaded = Load("tail-calls");
        Assert.Equal(33u, Run(loaded, "enter"));
        Assert.Equal(11u, loaded.Programs["enter"].Run(new TestRun { Data = packet.AsSpan(0, 28) }).ReturnValue);
    }

    [Fact]
    public void Maps_of_maps_are_filled_with_holes()
    {
        using LoadedObject loaded = Load("map-in-map");
        Assert.Equal([5u, 10u], [Run(loaded, "add"), Run(loaded, "add")]);
        byte[] value = new byte[8];
        loaded.Maps["two"].TryLookup([1, 0, 0, 0], value);
        Assert.Equal(10, BinaryPrimitives.ReadInt64LittleEndian(value));
        Assert.False(loaded.Maps["outer"].TryLookup([1, 0, 0, 0], new byte[4]));
    }

    [Fact]
    public void A_map_that_is_pinned_by_name_is_used_again()
    {
        Machine.RequireBpffs();
        string directory = $"/sys/fs/bpf/imker-{Guid.NewGuid():n}";
        Directory.CreateDirectory(directory);
        var options = new LoadOptions { PinDirectory = directory };
        BpfObject source = Read("pinned");
        try
        {
            using (LoadedObject first = ObjectLoader.Load(source, options))
                Assert.Equal(1u, Run(first, "count"));
            using (LoadedObject second = ObjectLoader.Load(source, options))
                Assert.Equal(2u, Run(second, "count"));
            MapSpec larger = source.Maps[0] with { MaxEntries = 2 };
            BpfException refusal = Assert.Throws<BpfException>(() => ObjectLoader.Load(source with { Maps = [larger] }, options));
            Assert.Contains("its room is for 1 entries, the object's for 2", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void Rings_have_the_size_that_kernels_take()
    {
        using LoadedObject loaded = Load("rings");
        Assert.Equal(0u, Run(loaded, "send"));
        Assert.Equal((8192u, (uint)Cpus.PossibleCount), (loaded.Maps["ring"].MaxEntries, loaded.Maps["perf"].MaxEntries));
        using var ring = new RingBuffer(loaded.Maps["ring"]);
        var records = new List<long>();
        foreach (ReadOnlySpan<byte> record in ring.Read())
            records.Add(BinaryPrimitives.ReadInt64LittleEndian(record));
        Assert.Equal([42], records);
    }

    [Fact]
    public void Queues_stacks_filters_and_tries_are_made_as_they_are_described()
    {
        KernelGate.Require("bloom_filter");
        using LoadedObject loaded = Load("collections");
        Assert.Equal(1u + 20 + 100 + 2000 + 20000, Run(loaded, "fill"));
    }

    [Fact]
    public void Locks_in_values_and_in_global_data_are_known_by_their_types()
    {
        KernelGate.Require("lock_in_global_data");
        using LoadedObject loaded = Load("locks");
        Assert.Equal([11u, 22u], [Run(loaded, "count"), Run(loaded, "count")]);
    }

    [Fact]
    public void Programs_for_packets_are_what_their_sections_say()
    {
        KernelGate.Require("xdp_fragments");
        using LoadedObject loaded = Load("packets");
        (string Program, uint Result)[] runs =
        [
            ("on_xdp", 2), ("on_frags", 2), ("on_tc", 0), ("on_classifier", 0), ("on_tcx", uint.MaxValue), ("on_tc_egress", uint.MaxValue), ("on_action", 0),
            ("on_cgroup", 1), ("on_cgroup_any", 1), ("on_lwt", 0), ("on_xmit", 0), ("on_socket", 5),
        ];
        Assert.Equal(runs, runs.Select(run => (run.Program, Run(loaded, run.Program))));
        Assert.Equal(runs.Length, Variable(loaded, "seen"));
    }

    [Fact]
    public void A_system_call_program_gives_back_what_it_was_given()
    {
        KernelGate.Require("syscall_program");
        using LoadedObject loaded = Load("syscall");
        byte[] arguments = new byte[24];
        (arguments[0], arguments[8]) = (30, 12);
        Assert.Equal(21u, loaded.Programs["add"].Run(new TestRun { Context = arguments }).ReturnValue);
    }

    [Fact]
    public void A_raw_tracepoint_sees_its_arguments()
    {
        using LoadedObject loaded = ObjectLoader.Load(Only(Read("raw-tracepoint"), "see"));
        byte[] context = new byte[16];
        context[8] = 39;
        Assert.Equal(1u, loaded.Programs["see"].Run(new TestRun { Context = context }).ReturnValue);
        Assert.Equal(39, Long(loaded, "last"));
    }

    [Fact]
    public void A_table_of_functions_becomes_a_congestion_control_for_as_long_as_its_link_is_held()
    {
        KernelGate.Require("struct_ops_link");
        const string Available = "/proc/sys/net/ipv4/tcp_available_congestion_control";
        using (LoadedObject loaded = Load("struct-ops"))
        {
            Assert.Empty(loaded.Attach());
            Assert.Contains("imker_linked", File.ReadAllText(Available).Split(' ', '\n'));
            Assert.DoesNotContain("imker_plain", File.ReadAllText(Available).Split(' ', '\n'));
        }
        Assert.DoesNotContain("imker_linked", File.ReadAllText(Available).Split(' ', '\n'));
    }

    [Fact]
    public void Programs_are_attached_to_what_they_are_typed_by()
    {
        using LoadedObject loaded = Load("typed");
        GlobalVariable process = loaded.Blueprint.Variables.Single(variable => variable.Name == "process");
        KernelMap data = loaded.Maps[process.Map];
        byte[] value = new byte[data.ValueSize];
        BinaryPrimitives.WriteInt32LittleEndian(value.AsSpan(process.Offset), Environment.ProcessId);
        data.Update(new byte[4], value);
        Assert.Empty(loaded.Attach());
        Assert.Equal(["iter:task", "tp_btf:sys_enter"], loaded.Links.Select(link => link.Name).Order());
        File.Exists("/");
        Assert.NotEqual(0, Long(loaded, "calls"));
    }

    [Fact]
    public void What_cannot_be_attached_is_a_failure_with_its_name()
    {
        using LoadedObject loaded = Load("kprobe");
        AttachFailure failure = Assert.Single(loaded.Attach());
        Assert.StartsWith("cannot attach kprobe:do_nanosleep: ", failure.Reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_on_request_are_loaded_when_they_are_named()
    {
        BpfObject source = Read("on-request");
        using LoadedObject without = ObjectLoader.Load(source);
        Assert.Equal(["always"], without.Programs.Keys);
        using LoadedObject with = ObjectLoader.Load(source, new LoadOptions { Programs = ["asked"] });
        Assert.Equal((1u, 2u), (Run(with, "always"), Run(with, "asked")));
    }

    [Fact]
    public void Types_that_older_kernels_do_not_know_are_no_hindrance()
    {
        using LoadedObject loaded = Load("newer-types");
        Assert.Equal(6u, Run(loaded, "use"));
        Assert.NotEqual(0u, loaded.Maps["newer"].GetInfo().BtfId);
    }

    [Fact]
    public void Code_is_adapted_to_the_running_kernel()
    {
        using LoadedObject loaded = Load("core-kernel");
        loaded.Programs["look"].Run(new TestRun { Context = new byte[16] });
        Assert.Equal(Environment.ProcessId, Variable(loaded, "tgid"));
        Assert.NotEqual(0, Variable(loaded, "pid"));
        Assert.Equal(ParentOf(Environment.ProcessId), Variable(loaded, "parent"));
        Assert.Equal((0, 0, 0, 1, 0), (Variable(loaded, "uid"), Variable(loaded, "reset"), Variable(loaded, "has_field"), Variable(loaded, "has_helper"), Variable(loaded, "has_no_helper")));
        Assert.Equal((int)HelperId.RingbufOutput, Variable(loaded, "helper"));
        BtfType task = KernelBtfFile.Types!.TryFind(BtfKind.Struct, "task_struct", out BtfType found) ? found : default;
        Assert.Equal(((int)task.Size, (int)task.Id), (Variable(loaded, "task_size"), Variable(loaded, "task_id")));
        Assert.Equal(0, Variable(loaded, "state"));
    }

    [Fact]
    public void A_program_that_reaches_what_the_kernel_lacks_is_refused_with_the_field()
    {
        VerifierException refusal = Assert.Throws<VerifierException>(() => Load("core-reached"));
        Assert.Contains("byte offset of field 'struct task_struct.imker_never_had_this', which vmlinux does not have", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("core-reached.bpf.c:", refusal.Message, StringComparison.Ordinal);
    }

    private static int ParentOf(int process) =>
        int.Parse(File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("PPid:", StringComparison.Ordinal)).AsSpan(5).Trim());

    private static BpfObject Read(string name) => BpfObjectReader.Read(Corpus.ReadObject(name), name);

    private static BpfObject Only(BpfObject source, string program) => source with
    {
        Programs = [source.FindProgram(program)!],
        Attachments = [.. source.Attachments.Where(attachment => attachment.Program == program)],
    };

    private static LoadedObject Load(string name) => ObjectLoader.Load(Read(name));

    private static uint Run(LoadedObject loaded, string program) => loaded.Programs[program].Run(new TestRun { Data = packet }).ReturnValue;

    private static byte[] Bytes(LoadedObject loaded, string variable)
    {
        GlobalVariable place = loaded.Blueprint.Variables.Single(v => v.Name == variable);
        KernelMap map = loaded.Maps[place.Map];
        byte[] value = new byte[map.ValueBufferSize];
        Assert.True(map.TryLookup(new byte[4], value));
        return value[place.Offset..(place.Offset + place.Size)];
    }

    private static int Variable(LoadedObject loaded, string name) => BinaryPrimitives.ReadInt32LittleEndian(Bytes(loaded, name));

    private static long Long(LoadedObject loaded, string name) => BinaryPrimitives.ReadInt64LittleEndian(Bytes(loaded, name));
}
