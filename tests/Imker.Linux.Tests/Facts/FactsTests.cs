using Imker.Objects;

namespace Imker.Linux.Tests.Facts;

public sealed class FactsTests
{
    [Theory]
    [InlineData("0-3,8,10-11\n", new[] { 0, 1, 2, 3, 8, 10, 11 })]
    [InlineData("0\n", new[] { 0 })]
    [InlineData("", new int[0])]
    [InlineData("0,x,2", new[] { 0 })]
    [InlineData("0-99999999999", new int[0])]
    public void A_list_of_CPUs_is_read(string text, int[] expected) => Assert.Equal(expected, Cpus.ParseList(text));

    [Fact]
    public void There_are_as_many_online_CPUs_as_the_framework_sees_processors() =>
        Assert.Equal(Environment.ProcessorCount, Cpus.ReadOnline().Length);

    [Theory]
    [InlineData("6.18.44-fc-v669", 6, 18)]
    [InlineData("5.10.0-32-amd64", 5, 10)]
    [InlineData("6.1+", 6, 1)]
    [InlineData("strange", 0, 0)]
    public void A_release_begins_with_major_and_minor(string text, int major, int minor) =>
        Assert.Equal(new Version(major, minor), KernelRelease.Parse(text));

    [Fact]
    public void Missing_capabilities_are_named()
    {
        Capabilities none = Capabilities.Parse("Name:\tx\nCapEff:\t0000000000000000\n");
        Assert.Equal("CAP_BPF and CAP_PERFMON are missing", none.DescribeMissing(Capability.Bpf, Capability.Perfmon));
        Capabilities bpf = Capabilities.Parse("CapEff:\t0000008000000000\n");
        Assert.Equal("CAP_PERFMON is missing", bpf.DescribeMissing(Capability.Bpf, Capability.Perfmon));
        Capabilities admin = Capabilities.Parse("CapEff:\t0000000000200000\n");
        Assert.Equal("", admin.DescribeMissing(Capability.Bpf, Capability.Perfmon));
        Assert.Equal("CAP_NET_RAW is missing", admin.DescribeMissing(Capability.NetRaw));
    }

    [Fact]
    public void Root_holds_what_tracing_needs() =>
        Assert.Equal("", Capabilities.OfThisProcess.DescribeMissing(Capability.Bpf, Capability.Perfmon));

    [Theory]
    [InlineData("none [integrity] confidentiality\n", "integrity")]
    [InlineData("[none] integrity confidentiality\n", "none")]
    [InlineData("", null)]
    [InlineData("]none[", null)]
    public void The_level_of_lockdown_stands_in_brackets(string text, string? expected) =>
        Assert.Equal(expected, KernelPolicy.ParseLockdown(text));

    [Fact]
    public void Settings_are_told_as_they_stand()
    {
        Assert.Equal(int.Parse(File.ReadAllText("/proc/sys/kernel/perf_event_paranoid")), KernelPolicy.PerfEventParanoid);
        Assert.Equal(int.Parse(File.ReadAllText("/proc/sys/kernel/unprivileged_bpf_disabled")), KernelPolicy.UnprivilegedBpfDisabled);
    }

    [Fact]
    public void The_boot_clock_and_its_distance_give_the_time_of_day()
    {
        long wall = (long)Clocks.BootNanoseconds + Clocks.BootToWallNanoseconds();
        TimeSpan difference = DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds(wall / 1_000_000);
        Assert.InRange(difference.TotalSeconds, -1, 1);
    }

    [Fact]
    public void A_kernel_symbol_is_found_by_its_whole_name()
    {
        byte[] list = "ffffffff81000000 T _stext\nffffffff81000010 T start\nffffffffc0000000 t start\t[module]\nffffffff81000020 D x_start\n"u8.ToArray();
        Assert.Equal(0xffffffff81000000UL, KernelSymbols.Find(list, "_stext"));
        Assert.Equal(0xffffffff81000010UL, KernelSymbols.Find(list, "start"));
        Assert.Null(KernelSymbols.Find(list, "tart"));
        Assert.Null(KernelSymbols.Find("0000000000000000 T _stext\n"u8, "_stext"));
    }

    [Fact]
    public void An_errno_has_the_name_that_people_search_for()
    {
        Assert.Equal(("EINVAL", "invalid argument"), (Errno.Invalid.Name, Errno.Invalid.Text));
        Assert.Equal("ENOTSUPP", Errno.NotSupportedInside.Name);
        Assert.Equal("errno 4000", new Errno(4000).Name);
    }

    [Fact]
    public void The_target_s_answers_are_those_of_this_machine()
    {
        ITargetFacts facts = new LinuxTargetFacts();
        Assert.Null(facts.TracepointProblem);
        Assert.Contains("syscalls", facts.TracepointCategories()!);
        Assert.Contains("sys_enter_openat", facts.TracepointEvents("syscalls")!);
        Assert.Empty(facts.TracepointEvents("no_such_category")!);
        Assert.Null(facts.Tracepoint("syscalls", "../../../etc"));
        Assert.NotNull(facts.Tracepoint("sched", "sched_switch")!.Find("prev_comm"));
        Assert.True(facts.KernelBtf!.TryFind(Btf.BtfKind.Struct, "task_struct", out _));
        Assert.NotNull(facts.KernelSymbol("_stext"));
        string libc = facts.FindBinary("libc", null)!;
        Assert.True(File.Exists(libc));
        Assert.True(facts.FindFunction(libc, "getaddrinfo")!.Value.Offset > 0);
        Assert.Contains("getaddrinfo", facts.Functions(libc));
        Assert.Null(facts.FindFunction("/etc/passwd", "getaddrinfo"));
        Assert.Empty(facts.Functions("/dev/null"));
        Assert.True(facts.Has(KernelFeature.RingBuffer));
    }
}
