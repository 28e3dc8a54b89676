using Imker.Linux.Tests.Links;
using Imker.TestKit;

namespace Imker.Linux.Tests.Hooks;

[Collection(KernelEvents.OneAtATime)]
public sealed class TracingHookTests
{
    public TracingHookTests() => Machine.RequireRoot();

    [Theory]
    [InlineData("hook-tracepoint")]
    public void A_tracepoint_fires(string name) => SeesGetppid(name);

    [Theory]
    [InlineData("hook-raw-tracepoint")]
    public void A_raw_tracepoint_fires(string name) => SeesGetppid(name);

    [Theory]
    [InlineData("hook-tp-btf")]
    public void A_typed_tracepoint_fires(string name) => SeesGetppid(name);

    [Fact]
    public void Entries_and_exits_of_functions_fire()
    {
        HookGate.Require("fentry");
        SeesGetppid("hook-fentry", 303);
    }

    [Fact]
    public void What_a_function_returns_is_replaced()
    {
        HookGate.Require("fmod_ret");
        using LoadedObject loaded = HookTest.Load("hook-fmod-ret");
        loaded.AttachAll();
        // A thread is a task as well, and the framework says of ENOMEM that there is no memory.
        Assert.Throws<OutOfMemoryException>(() => new Thread(() => { }).Start());
        Assert.True(loaded.Hits() > 0);
        loaded.Detach();
        var thread = new Thread(() => { });
        thread.Start();
        thread.Join();
    }

    [Fact]
    public void Functions_of_the_kernel_are_seen_at_entry_and_return()
    {
        HookGate.Require("kprobe");
        // kprobe 1, kretprobe 100, ksyscall 10000, kretsyscall 1000000.
        SeesGetppid("hook-kprobe", 3_030_303);
    }

    [Fact]
    public void Many_functions_of_the_kernel_are_seen_by_one_link()
    {
        HookGate.Require("kprobe.multi, kretprobe.multi");
        SeesGetppid("hook-kprobe-multi", 303);
    }

    [Fact]
    public void A_session_sees_entry_and_return_of_functions_of_the_kernel()
    {
        HookGate.Require("kprobe.session");
        SeesGetppid("hook-kprobe-session", 303);
    }

    [Fact]
    public void A_function_that_the_kernel_does_not_have_is_named()
    {
        HookGate.Require("kprobe");
        using LoadedObject loaded = HookTest.Load("hook-kprobe");
        BpfException refusal = Assert.Throws<BpfException>(() => KprobeLink.Attach(loaded.Programs["see_entry"], "imker_no_such_function"));
        Assert.Contains("has no function 'imker_no_such_function'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_is_run_as_a_system_call()
    {
        HookGate.Require("syscall");
        using LoadedObject loaded = HookTest.Load("hook-syscall");
        byte[] context = new byte[16];
        context[0] = 21;
        TestRunResult result = loaded.Programs["twice"].Run(new TestRun { Context = context, ContextOut = context });
        Assert.Equal((7u, 42UL, 1UL), (result.ReturnValue, BitConverter.ToUInt64(context, 8), loaded.Hits()));
    }

    [Fact]
    public void A_function_of_another_program_is_replaced()
    {
        HookGate.Require("freplace");
        using LoadedObject target = HookTest.Load("hook-extension-target");
        KernelProgram ask = target.Programs["ask"];
        using LoadedObject loaded = HookTest.Load("hook-extension", new LoadOptions { AttachedProgram = ask });
        Assert.Equal(1u, Ask());
        loaded.AttachAll(new HookTargets());
        Assert.Equal((5u, 1UL), (Ask(), loaded.Hits()));
        loaded.Detach();
        Assert.Equal((1u, 1UL), (Ask(), loaded.Hits()));

        uint Ask() => ask.Run(new TestRun { Data = new byte[64] }).ReturnValue;
    }

    [Fact]
    public void Counters_fire()
    {
        using LoadedObject loaded = HookTest.Load("hook-perf-event");
        KernelProgram program = loaded.Programs["see"];
        foreach (PerfCounter counter in (PerfCounter[])[PerfCounter.CpuClock(ClockRate.TicksPerSecond(997)), PerfCounter.PageFaults(), PerfCounter.ContextSwitches()])
        {
            ulong before = loaded.Hits();
            using (PerfEventLink.Attach(program, counter))
                Assert.True(SpinWait.SpinUntil(() => { Work(); return loaded.Hits() > before; }, TimeSpan.FromSeconds(20)), $"{counter.Name} never fired");
            ulong after = loaded.Hits();
            Work();
            Assert.Equal(after, loaded.Hits());
        }

        static void Work()
        {
            byte[] pages = GC.AllocateUninitializedArray<byte>(1 << 20);
            for (int i = 0; i < pages.Length; i += 4096)
                pages[i] = 1;
            Thread.Sleep(1);
        }
    }

    [Fact]
    public void A_counter_that_the_machine_lacks_is_refused_with_another()
    {
        if (KnownKernels.Running is null)
            Assert.Skip("this kernel may have hardware counters");
        using LoadedObject loaded = HookTest.Load("hook-perf-event");
        BpfException refusal = Assert.Throws<BpfException>(() => PerfEventLink.Attach(loaded.Programs["see"], PerfCounter.Cycles(1_000_000)));
        Assert.Contains("unsupported: this machine has no such counter; instead: ", refusal.Message, StringComparison.Ordinal);
    }

    private static void SeesGetppid(string name, ulong hits = 3)
    {
        Assert.SkipUnless(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
            == System.Runtime.InteropServices.Architecture.X64, "the system call's number and function are x86-64's");
        using LoadedObject loaded = HookTest.Load(name);
        loaded.AttachAll();
        loaded.FiresOnlyWhileAttached(
            () =>
            {
                Getppid.CallTimes(3);
                for (int i = 0; i < 3; i++)
                    Getpgid.Call(0);
            },
            hits);
    }
}
