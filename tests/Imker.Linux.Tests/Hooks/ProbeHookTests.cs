using Imker.Objects;
using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

[Collection(KernelEvents.OneAtATime)]
public sealed class ProbeHookTests : IDisposable
{
    private readonly ProbeLibrary library = new();

    public void Dispose() => library.Dispose();

    [Fact]
    public void Functions_of_programs_are_seen_at_entry_and_return()
    {
        HookGate.Require("uprobe, uretprobe");
        SeesWork("hook-uprobe", "see_entry", "see_return");
    }

    [Fact]
    public void A_uprobe_may_sleep()
    {
        HookGate.Require("uprobe.s");
        using LoadedObject loaded = HookTest.Load("hook-uprobe-sleepable");
        loaded.Attach(At("see", "work", isReturn: false), Environment.ProcessId);
        loaded.FiresOnlyWhileAttached(CallWork, 3);
    }

    [Fact]
    public void Many_functions_of_programs_are_seen_by_one_link()
    {
        HookGate.Require("uprobe.multi, uretprobe.multi");
        using LoadedObject loaded = HookTest.Load("hook-uprobe-multi");
        loaded.Attach(new UprobePatternAttach("see_entry", ProbeLibrary.Path, "work*", IsReturn: false), Environment.ProcessId);
        loaded.Attach(new UprobePatternAttach("see_return", ProbeLibrary.Path, "work?small", IsReturn: true), Environment.ProcessId);
        Assert.All(loaded.Links, link => Assert.Single(link.Descriptors));
        loaded.FiresOnlyWhileAttached(() => { CallWork(); library.WorkSmall(1, 1); }, 104);
    }

    [Fact]
    public void A_session_sees_entry_and_return_of_functions_of_programs()
    {
        HookGate.Require("uprobe.session");
        using LoadedObject loaded = HookTest.Load("hook-uprobe-session");
        loaded.Attach(At("see", "work", isReturn: false), Environment.ProcessId);
        loaded.FiresOnlyWhileAttached(CallWork, 303);
    }

    [Fact]
    public void A_USDT_probe_gives_its_arguments_and_raises_its_semaphore()
    {
        HookGate.Require("usdt");
        using LoadedObject loaded = HookTest.Load("hook-usdt");
        Assert.Equal(0, library.Semaphore);
        loaded.Attach(new UsdtAttach("see", ProbeLibrary.Path, "imker", "work"), Environment.ProcessId);
        Assert.True(library.Semaphore > 0);
        library.Work(-5, 1L << 40);
        Assert.Equal((1UL, 3), (loaded.Hits(), loaded.ReadVariable<int>("arguments")));
        Assert.Equal((-5L, 1L << 40, -9L), Arguments(loaded));
        library.WorkSmall(200, -300);
        Assert.Equal((200L, -300L, 7L), Arguments(loaded));
        loaded.Detach();
        Assert.Equal(0, library.Semaphore);
        library.Work(1, 1);
        Assert.Equal(2UL, loaded.Hits());
    }

    [Fact]
    public void A_USDT_probe_that_is_not_there_is_named_with_the_closest_one()
    {
        Machine.RequireRoot();
        using LoadedObject loaded = HookTest.Load("hook-usdt");
        BpfException refusal = Assert.Throws<BpfException>(() => loaded.Attach(new UsdtAttach("see", ProbeLibrary.Path, "imker", "wrok")));
        Assert.Contains("has no USDT probe 'imker:wrok' (did you mean 'imker:work'?)", refusal.Message, StringComparison.Ordinal);
    }

    private void SeesWork(string name, string entry, string exit)
    {
        using LoadedObject loaded = HookTest.Load(name);
        loaded.Attach(At(entry, "work", isReturn: false), Environment.ProcessId);
        loaded.Attach(At(exit, "work", isReturn: true), Environment.ProcessId);
        loaded.FiresOnlyWhileAttached(CallWork, 303);
    }

    private void CallWork()
    {
        for (int i = 0; i < 3; i++)
            library.Work(i, i);
    }

    private static UprobeAttach At(string program, string symbol, bool isReturn) =>
        new(program, ProbeLibrary.Path, [new UprobeTarget(symbol, 0, 0)], isReturn, null);

    private static (long, long, long) Arguments(LoadedObject loaded) =>
        (loaded.ReadVariable<long>("first"), loaded.ReadVariable<long>("second"), loaded.ReadVariable<long>("third"));
}
