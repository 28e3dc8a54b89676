using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Imker.Linux;
using Imker.TestKit;

namespace Imker.Tracing.Tests.Language;

/// <summary>Each function and value of the language, run in the kernel and held against what C# knows or calculates.</summary>
public sealed class FunctionTests
{
    [Theory]
    [InlineData("print(strlen(\"\"))", "0")]
    [InlineData("print(strlen(\"four\"))", "4")]
    [InlineData("print(strncmp(\"abc\", \"abd\", 2))", "0")]
    [InlineData("print(strncmp(\"abc\", \"abd\", 3))", "1")]
    [InlineData("printf(\"%r\", buf(\"ab\", 2))", "ab")]
    [InlineData("printf(\"%rx\", buf(\"ab\", 2))", "\\x61\\x62")]
    [InlineData("printf(\"%rh\", buf(\"ab\", 2))", "61 62")]
    [InlineData("print(macaddr(\"abcdef\"))", "61:62:63:64:65:66")]
    [InlineData("print(sizeof(uint16)); print(sizeof(int64))", "2|8")]
    [InlineData("printf(\"%s\", probe)", "begin")]
    [InlineData("printf(\"%s\", probetype)", "special")]
    [InlineData("print(cpid)", "0")]
    [InlineData("print((uint64)kptr(5) == 5)", "true")]
    [InlineData("print((1, (int8)2, \"x\"))", "(1, 2, x)")]
    [InlineData("print((int8)200); print((uint8)200); print((int16)70000); print((uint16)70000)", "-56|200|4464|4464")]
    [InlineData("print((int32)4294967295); print((uint32)4294967295)", "-1|4294967295")]
    [InlineData("print(0x1f); print(017); print(1e3); print(1_000); print(5ms)", "31|15|1000|1000|5000000")]
    public void Function_gives(string body, string expected) =>
        Assert.Equal(expected.Split('|'), ScriptHarness.RunBody(body + ";"));

    [Fact]
    public void Addresses_print_as_dotnet_writes_them()
    {
        byte[] four = [192, 168, 7, 42];
        int number = BinaryPrimitives.ReadInt32LittleEndian(four);
        Assert.Equal([new IPAddress(four).ToString()], ScriptHarness.RunBody($"print(ntop({(uint)number}));"));
        Assert.Equal([new IPAddress(four).ToString()], ScriptHarness.RunBody($"print(ntop(2, {(uint)number}));"));
    }

    [Theory]
    [InlineData(16, 0x1234L, 0x3412L)]
    [InlineData(32, 0x12345678L, 0x78563412L)]
    [InlineData(64, 0x0102030405060708L, 0x0807060504030201L)]
    public void Bytes_are_swapped(int bits, long value, long expected) =>
        Assert.Equal([expected.ToString(CultureInfo.InvariantCulture)], ScriptHarness.RunBody($"@x = {value}; print(bswap((uint{bits})@x)); clear(@x);"));

    [Fact]
    public void Identity_is_that_of_this_process()
    {
        Machine.RequireRoot();
        string[] lines = ScriptHarness.RunBody("print(pid); print(uid); print(gid); print(username); print(comm); print(ncpus); print(cpu < ncpus); print(tid == pid || tid > 0);");
        string comm = File.ReadAllText($"/proc/self/task/{CurrentThread()}/comm").Trim();
        Assert.Equal(
            [Environment.ProcessId.ToString(CultureInfo.InvariantCulture), "0", "0", "root", comm, Cpus.PossibleCount.ToString(CultureInfo.InvariantCulture), "true", "true"],
            lines);
    }

    [Fact]
    public void Clocks_stand_between_two_readings_of_ours()
    {
        ulong before = Clocks.BootNanoseconds;
        string[] lines = ScriptHarness.RunBody("print(nsecs); print(nsecs(boot)); print(elapsed < 60000000000); print(jiffies > 0); print(rand == rand || true);");
        ulong after = Clocks.BootNanoseconds;
        Assert.InRange(ulong.Parse(lines[0], CultureInfo.InvariantCulture), before, after);
        Assert.InRange(ulong.Parse(lines[1], CultureInfo.InvariantCulture), before, after);
        Assert.Equal(["true", "true", "true"], lines[2..]);
    }

    [Fact]
    public void Times_are_written_as_dotnet_writes_them()
    {
        string[] lines = ScriptHarness.RunBody("print(strftime(\"%Y-%m-%d\", nsecs)); time(\"%Y\\n\");");
        Assert.Contains(lines[0], new[] { DateTime.Now, DateTime.Now.AddMinutes(-1) }.Select(t => t.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Assert.Equal(lines[0][..4], lines[1]);
    }

    [Fact]
    public void A_kernel_symbol_has_its_address_and_its_name()
    {
        Machine.RequireRoot();
        ulong address = KernelSymbols.Find("schedule") ?? throw new InvalidOperationException("kallsyms hides its addresses");
        Assert.Equal([((long)address).ToString(CultureInfo.InvariantCulture), "schedule"],
            ScriptHarness.RunBody("print((int64)kaddr(\"schedule\")); print(ksym(kaddr(\"schedule\")));"));
    }

    [Fact]
    public void Text_is_read_from_the_kernel_through_its_structures()
    {
        Machine.RequireRoot();
        string expected = File.ReadAllText("/proc/sys/kernel/ostype").Trim();
        string[] lines = ScriptHarness.RunBody("printf(\"%s\\n\", curtask->nsproxy->uts_ns->name.sysname);");
        Assert.Equal([expected], lines);
    }

    [Fact]
    public void The_current_task_is_this_process_by_its_BTF()
    {
        Machine.RequireRoot();
        string[] lines = ScriptHarness.RunBody(
            "$t = (struct task_struct *)curtask; print($t->tgid == pid); printf(\"%s\\n\", $t->comm); print($t->real_parent->tgid > 0); print(curtask->tgid == pid);");
        Assert.Equal(["true", File.ReadAllText($"/proc/self/task/{CurrentThread()}/comm").Trim(), "true", "true"], lines);
    }

    [Fact]
    public void Commands_and_files_are_shown()
    {
        string[] lines = ScriptHarness.RunBody("system(\"echo from %s\", \"shell\"); cat(\"/proc/sys/kernel/ostype\");");
        Assert.Equal(["from shell", File.ReadAllText("/proc/sys/kernel/ostype").Trim()], lines);
    }

    [Fact]
    public void A_stack_of_the_kernel_ends_in_the_system_call()
    {
        Machine.RequireRoot();
        string output = ScriptHarness.Run("begin { print(kstack); @[kstack(1)] = 1; clear(@); }");
        Assert.Matches(new Regex(@"_sys_bpf\+\d+"), output);
    }

    [Fact]
    public void Positional_parameters_are_numbers_and_texts()
    {
        string output = ScriptHarness.Run("begin { print($1 + 1); printf(\"%s %d\\n\", str($2), $#); print($3); }", null, "41", "word");
        Assert.Equal("42\nword 2\n0\n", output);
    }

    private static int CurrentThread() => int.Parse(Path.GetFileName(File.ResolveLinkTarget("/proc/thread-self", false)!.FullName), CultureInfo.InvariantCulture);
}
