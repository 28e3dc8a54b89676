using System.Diagnostics;
using Imker.Bytecode;
using Imker.Objects;
using Imker.TestKit;
using static Imker.Bytecode.Register;

namespace Imker.Linux.Tests.Links;

[Collection(KernelEvents.OneAtATime)]
public sealed class LinkTests
{
    [Fact]
    public void A_tracepoint_program_runs_for_each_hit_while_it_is_attached()
    {
        using KernelMap hits = Assemble.NewArray();
        using KernelProgram program = Assemble.LoadCounter(ProgramType.Tracepoint, hits, Environment.ProcessId);
        Getppid.CallTimes(3);
        using (TracepointLink.Attach(program, "tracepoint:syscalls:sys_enter_getppid", GetppidFormat().Id))
            Getppid.CallTimes(5);
        Getppid.CallTimes(7);
        Assert.Equal(5UL, Assemble.ReadCount(hits));
    }

    [Fact]
    public void A_cookie_reaches_the_program()
    {
        KernelGate.Require(KernelFeature.AttachCookie);
        using KernelMap hits = Assemble.NewArray();
        var builder = new CodeBuilder();
        var end = new Label("end");
        builder.Emit(Instruction.Mov(R6, R1));
        builder.OnlyIn(Environment.ProcessId, end);
        builder.Emit(
            Instruction.Mov(R1, R6), Instruction.CallHelper(HelperId.GetAttachCookie),
            Instruction.LoadMapValue(R1, Assemble.Number(hits), 0), Instruction.Store(MemorySize.DoubleWord, R1, 0, R0));
        builder.Return(end);
        using KernelProgram program = Assemble.Load(ProgramType.Tracepoint, builder);
        using (TracepointLink.Attach(program, "getppid", GetppidFormat().Id, cookie: 0xfeed))
            Getppid.Call();
        Assert.Equal(0xfeedUL, Assemble.ReadCount(hits));
    }

    [Fact]
    public void A_raw_tracepoint_program_runs_for_each_hit_while_it_is_attached()
    {
        const int GetppidNumber = 110;
        Assert.SkipUnless(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture
            == System.Runtime.InteropServices.Architecture.X64, "the number of the system call is x86-64's");
        using KernelMap hits = Assemble.NewArray();
        var builder = new CodeBuilder();
        var end = new Label("end");
        builder.Emit(Instruction.Load(MemorySize.DoubleWord, R6, R1, 8));
        builder.Emit(Instruction.JumpIf(JumpCondition.NotEqual, R6, GetppidNumber, end));
        builder.OnlyIn(Environment.ProcessId, end);
        builder.Count(hits);
        builder.Return(end);
        using KernelProgram program = Assemble.Load(ProgramType.RawTracepoint, builder);
        using (RawTracepointLink.Attach(program, "sys_enter"))
            Getppid.CallTimes(4);
        Getppid.CallTimes(7);
        Assert.Equal(4UL, Assemble.ReadCount(hits));
    }

    [Fact]
    public void A_raw_tracepoint_that_is_not_there_is_named()
    {
        using KernelProgram program = Assemble.Load(ProgramType.RawTracepoint, null, Instruction.Mov(R0, 0), Instruction.Exit);
        BpfException e = Assert.Throws<BpfException>(() => RawTracepointLink.Attach(program, "sys_entre"));
        Assert.StartsWith("cannot attach raw tracepoint sys_entre: ", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("this kernel has no tracepoint of that name", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_of_the_wrong_type_is_refused()
    {
        using KernelMap hits = Assemble.NewArray();
        using KernelProgram program = Assemble.LoadCounter(ProgramType.Kprobe, hits, Environment.ProcessId);
        BpfException e = Assert.Throws<BpfException>(() => TracepointLink.Attach(program, "getppid", GetppidFormat().Id));
        Assert.Equal(Errno.Invalid, e.Error);
    }

    [Fact]
    public void A_clock_ticks_about_as_often_as_it_is_told()
    {
        using KernelMap ticks = Assemble.NewArray();
        using KernelProgram program = LoadTicker(ticks);
        long start = Stopwatch.GetTimestamp();
        using (ClockLink.AttachToOne(program, "interval:ms:10", ClockRate.EveryNanoseconds(10_000_000)))
            WaitFor(() => Assemble.ReadCount(ticks) >= 20, "the clock ticks twenty times");
        ulong count = Assemble.ReadCount(ticks);
        // Virtual machines lose time, so only that it does not run too fast is for certain.
        Assert.InRange(count, 20UL, 5 + (ulong)(Stopwatch.GetElapsedTime(start).TotalMilliseconds / 10));
        using KernelMap others = Assemble.NewArray();
        using KernelProgram other = LoadTicker(others);
        using (ClockLink.AttachToOne(other, "interval:ms:10", ClockRate.EveryNanoseconds(10_000_000)))
            WaitFor(() => Assemble.ReadCount(others) >= 5, "another clock ticks five times");
        Assert.Equal(count, Assemble.ReadCount(ticks));
    }

    [Fact]
    public void A_rate_over_the_limit_of_the_kernel_is_refused_with_the_limit()
    {
        using KernelProgram program = Assemble.Load(ProgramType.PerfEvent, null, Instruction.Mov(R0, 0), Instruction.Exit);
        int most = KernelPolicy.PerfEventMaxSampleRate!.Value;
        BpfException e = Assert.Throws<BpfException>(() => ClockLink.AttachToAll(program, "profile:hz:9999999", ClockRate.TicksPerSecond(9_999_999)));
        Assert.StartsWith("cannot attach profile:hz:9999999: ", e.Message, StringComparison.Ordinal);
        Assert.Contains($"kernel.perf_event_max_sample_rate allows {most} times a second", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_ticks_on_every_online_CPU()
    {
        using KernelMap cpus = Assemble.NewArray(Cpus.PossibleCount);
        using KernelProgram program = Assemble.Load(ProgramType.PerfEvent, null,
            Instruction.CallHelper(HelperId.GetSmpProcessorId),
            Instruction.Store(MemorySize.Word, R10, -4, R0),
            Instruction.Mov(R2, R10), Instruction.Alu(AluOperation.Add, R2, -4),
            Instruction.LoadMapFd(R1, Assemble.Number(cpus)),
            Instruction.CallHelper(HelperId.MapLookupElem),
            Instruction.JumpIf(JumpCondition.Equal, R0, 0, 2),
            Instruction.Mov(R1, 1),
            Instruction.Atomic(AtomicOperation.Add, MemorySize.DoubleWord, R0, 0, R1),
            Instruction.Mov(R0, 0),
            Instruction.Exit);
        using (ClockLink.AttachToAll(program, "profile:hz:99", ClockRate.TicksPerSecond(99)))
            WaitFor(() => Cpus.ReadOnline().All(cpu => BitConverter.ToUInt64(cpus.TakeSnapshot().Value(cpu)) > 0), "every CPU ticks");
    }

    [Fact]
    public void Many_links_are_detached_at_once()
    {
        using KernelMap hits = Assemble.NewArray();
        KernelProgram[] programs =
            [.. Enumerable.Range(0, 4).Select(_ => Assemble.LoadCounter(ProgramType.Tracepoint, hits, Environment.ProcessId))];
        int id = GetppidFormat().Id;
        KernelLink[] links = [.. programs.Select((program, i) => TracepointLink.Attach(program, $"link {i}", id))];
        Getppid.Call();
        KernelLink.DisposeAll(links);
        Getppid.Call();
        Assert.Equal(4UL, Assemble.ReadCount(hits));
        Assert.All(links, link => Assert.All(link.Descriptors, d => Assert.True(d.IsClosed)));
        foreach (KernelProgram program in programs)
            program.Dispose();
    }

    private static KernelProgram LoadTicker(KernelMap ticks)
    {
        var builder = new CodeBuilder();
        builder.Count(ticks);
        builder.Return();
        return Assemble.Load(ProgramType.PerfEvent, builder);
    }

    private static void WaitFor(Func<bool> condition, string what) =>
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(20)), $"it takes more than 20 s until {what}");

    private static TracepointFormat GetppidFormat()
    {
        TraceFileSystem? files = TraceFileSystem.Find(out string? problem);
        Assert.True(files is not null, problem);
        return files.ReadFormat("syscalls", "sys_enter_getppid")!;
    }
}
