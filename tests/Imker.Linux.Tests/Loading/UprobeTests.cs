using Imker.Bytecode;
using Imker.Objects;
using Imker.TestKit;
using static Imker.Bytecode.Register;

namespace Imker.Linux.Tests.Loading;

[Collection(KernelEvents.OneAtATime)]
public sealed class UprobeTests
{
    private static readonly string libc = LibraryPath.Find("libc")!;

    [Fact]
    public void Entries_and_returns_of_several_functions_are_counted_by_one_link_each()
    {
        BpfObject source = Counters(
            Attach("entries", isReturn: false, "getppid", "getpgid"), Attach("returns", isReturn: true, "getpgid"));
        using LoadedObject loaded = ObjectLoader.Load(source);
        Assert.Empty(loaded.Attach());
        Assert.Equal(2, loaded.Links.Count);
        CallLibc(times: 3);
        loaded.Detach();
        CallLibc(times: 3);
        Assert.Equal((6UL, 3UL), Counts(loaded));
    }

    [Fact]
    public void Entries_and_returns_of_the_same_functions_share_one_link_where_there_are_sessions()
    {
        KernelGate.Require(KernelFeature.UprobeSession);
        BpfObject source = Counters(
            Attach("entries", isReturn: false, "getppid"), Attach("entries", isReturn: false, "getpgid"),
            Attach("returns", isReturn: true, "getppid"), Attach("returns", isReturn: true, "getpgid"));
        using LoadedObject loaded = ObjectLoader.Load(source);
        Assert.Same(loaded.Programs["entries"], loaded.Programs["returns"]);
        Assert.Empty(loaded.Attach());
        Assert.Single(loaded.Links);
        CallLibc(times: 3);
        loaded.Detach();
        CallLibc(times: 3);
        Assert.Equal((6UL, 6UL), Counts(loaded));
    }

    [Fact]
    public void Programs_that_ask_for_different_cookies_are_not_joined()
    {
        KernelGate.Require(KernelFeature.AttachCookie);
        UprobeAttach entry = Attach("entries", isReturn: false, "getppid") with { Cookie = 10 };
        UprobeAttach exit = Attach("returns", isReturn: true, "getppid") with { Cookie = 1000 };
        BpfObject source = Counters(entry, exit) with { Programs = [CookieAdder("entries"), CookieAdder("returns")] };
        using LoadedObject loaded = ObjectLoader.Load(source);
        Assert.NotSame(loaded.Programs["entries"], loaded.Programs["returns"]);
        Assert.Empty(loaded.Attach());
        CallLibc(times: 3);
        loaded.Detach();
        Assert.Equal(3030UL, Counts(loaded).Entries);
    }

    [Fact]
    public void One_of_many_that_is_not_there_does_not_keep_the_others_from_being_attached()
    {
        BpfObject source = Counters(
            Attach("entries", isReturn: false, "getppid"), Attach("entries", isReturn: false, "getpqid"), Attach("entries", isReturn: false, "getpgid"));
        using LoadedObject loaded = ObjectLoader.Load(source);
        AttachFailure failure = Assert.Single(loaded.Attach());
        Assert.Same(source.Attachments[1], failure.Attachment);
        CallLibc(times: 3);
        loaded.Detach();
        Assert.Equal(6UL, Counts(loaded).Entries);
    }

    [Fact]
    public void A_probe_for_one_process_sees_no_other()
    {
        using var child = System.Diagnostics.Process.Start("sleep", "10")!;
        BpfObject source = Counters(Attach("entries", isReturn: false, "getppid") with { ProcessId = child.Id });
        using LoadedObject loaded = ObjectLoader.Load(source);
        Assert.Empty(loaded.Attach());
        CallLibc(times: 3);
        loaded.Detach();
        child.Kill();
        Assert.Equal(0UL, Counts(loaded).Entries);
    }

    [Fact]
    public void A_cookie_tells_the_targets_apart()
    {
        KernelGate.Require(KernelFeature.AttachCookie);
        UprobeAttach attach = Attach("entries", isReturn: false, "getppid", "getpgid");
        attach = attach with { Targets = [attach.Targets[0] with { Cookie = 1000 }, attach.Targets[1] with { Cookie = 1 }] };
        using LoadedObject loaded = ObjectLoader.Load(Counters(attach) with { Programs = [CookieAdder("entries")] });
        Assert.Empty(loaded.Attach());
        CallLibc(times: 3);
        Assert.Equal(3003UL, Counts(loaded).Entries);
    }

    [Fact]
    public void Perf_events_serve_where_there_is_no_uprobe_multi()
    {
        using KernelMap hits = Assemble.NewArray();
        using KernelProgram program = Assemble.LoadCounter(ProgramType.Kprobe, hits, Environment.ProcessId);
        UserFunction function = UserBinaries.FindFunction(libc, "getppid")!.Value;
        var place = new UprobePlace(libc, function.Offset);
        using (UprobeLink.Attach(program, "uprobe:libc:getppid", place))
        using (UprobeLink.Attach(program, "uretprobe:libc:getppid", place, isReturn: true))
            CallLibc(times: 3);
        CallLibc(times: 3);
        Assert.Equal(6UL, Assemble.ReadCount(hits));
    }

    [Fact]
    public void The_kernel_attaches_to_the_file_that_was_read_and_not_to_where_a_link_leads()
    {
        // The link leads to the library's copy inside of the root; from ours it leads nowhere.
        using var directory = new Files.TemporaryDirectory();
        directory.Write("inner-only/place", "");
        File.Copy(libc, directory["inner-only/libx.so"]);
        File.CreateSymbolicLink(directory["libx.so"], "/inner-only/libx.so");
        using var process = new Files.ChrootedProcess(directory.Path);
        UprobeAttach attach = Attach("entries", isReturn: false, "getppid") with { Binary = $"/proc/{process.Id}/root/libx.so" };
        using LoadedObject loaded = ObjectLoader.Load(Counters(attach));
        Assert.Empty(loaded.Attach());
    }

    [Fact]
    public void A_function_that_is_not_there_gets_the_nearest_name()
    {
        using LoadedObject loaded = ObjectLoader.Load(Counters(Attach("entries", isReturn: false, "getaddrinof")));
        AttachFailure failure = Assert.Single(loaded.Attach());
        Assert.EndsWith($"{libc} has no function 'getaddrinof' (did you mean 'getaddrinfo'?)", failure.Reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_runs_at_entry_and_return()
    {
        KernelGate.Require(KernelFeature.UprobeSession);
        BpfObject source = Counters(Attach("entries", isReturn: false, "getppid"));
        source = source with { Programs = [source.Programs[0] with { ExpectedAttachType = AttachType.TraceUprobeSession }, .. source.Programs[1..]] };
        using LoadedObject loaded = ObjectLoader.Load(source);
        Assert.Empty(loaded.Attach());
        CallLibc(times: 3);
        Assert.Equal(6UL, Counts(loaded).Entries);
    }

    private static UprobeAttach Attach(string program, bool isReturn, params string[] symbols) =>
        new(program, libc, [.. symbols.Select(s => new UprobeTarget(s, 0, 0))], isReturn, null) { DisplayName = $"uprobe:libc:{symbols[0]}" };

    private static BpfObject Counters(params AttachSpec[] attachments) => new()
    {
        Name = "uprobes",
        Maps = [new MapSpec { Name = ".bss", Type = MapType.Array, KeySize = 4, ValueSize = 16, MaxEntries = 1 }],
        Programs = [Counter("entries", 0), Counter("returns", 8)],
        Attachments = [.. attachments],
    };

    private static ProgramSpec Counter(string name, int cell)
    {
        var builder = new CodeBuilder();
        var end = new Label("end");
        builder.OnlyIn(Environment.ProcessId, end);
        builder.Emit(
            Instruction.LoadMap(R1, new MapReference(".bss", cell, ValueAddress: true)),
            Instruction.Mov(R2, 1),
            Instruction.Atomic(AtomicOperation.Add, MemorySize.DoubleWord, R1, 0, R2));
        builder.Return(end);
        return Program(name, builder);
    }

    private static ProgramSpec CookieAdder(string name)
    {
        var builder = new CodeBuilder();
        var end = new Label("end");
        builder.Emit(Instruction.Mov(R6, R1));
        builder.OnlyIn(Environment.ProcessId, end);
        builder.Emit(
            Instruction.Mov(R1, R6), Instruction.CallHelper(HelperId.GetAttachCookie),
            Instruction.LoadMap(R1, new MapReference(".bss", 0, ValueAddress: true)),
            Instruction.Atomic(AtomicOperation.Add, MemorySize.DoubleWord, R1, 0, R0));
        builder.Return(end);
        return Program(name, builder);
    }

    private static ProgramSpec Program(string name, CodeBuilder builder) => new()
    {
        Name = name, Type = ProgramType.Kprobe, Entry = new FunctionSpec { Name = name, Instructions = builder.ToCode().Instructions },
    };

    private static (ulong Entries, ulong Returns) Counts(LoadedObject loaded)
    {
        byte[] value = new byte[16];
        Assert.True(loaded.Maps[".bss"].TryLookup(new byte[4], value));
        return (BitConverter.ToUInt64(value), BitConverter.ToUInt64(value, 8));
    }

    private static void CallLibc(int times)
    {
        for (int i = 0; i < times; i++)
        {
            Links.Getppid.Call();
            Links.Getpgid.Call(0);
        }
    }
}
