using Imker.Bytecode;
using Imker.Elf;
using Imker.TestKit;

namespace Imker.Objects.Tests.Files;

/// <summary>Every section name of the table, in an object of clang's.</summary>
public sealed class SectionNameTests
{
    private static readonly BpfObject sections = BpfObjectReader.Read(Corpus.ReadObject("sections"), "sections");
    private static readonly string[][] table = [.. File.ReadLines(Path.Combine(Machine.RepositoryRoot, "eng", "tables", "section-names.tsv"))
        .Where(line => line[0] != '#').Select(line => line.Split('\t')).DistinctBy(row => row[0])];

    [Fact]
    public void Every_name_tells_what_the_table_says()
    {
        foreach (string[] row in table)
        {
            ProgramSpec program = sections.FindProgram("at_" + row[0].Replace('.', '_').Replace('/', '_'))!;
            Assert.Equal(
                (row[2], row[3], row[4]),
                (program.Type.ToString(), program.ExpectedAttachType?.ToString() ?? "-", program.IsSleepable ? "sleepable" : program.TakesFragments ? "fragments" : "-"));
            Assert.Equal(row[1] == "kernel_type" ? "target" : null, program.AttachTarget);
        }
    }

    [Fact]
    public void What_stands_behind_the_slash_is_the_attachment()
    {
        AttachSpec? Of(string program) => sections.Attachments.SingleOrDefault(attachment => attachment.Program == program);
        Assert.Equal(new KprobeAttach("at_kprobe", "do_nanosleep", 4, false) { DisplayName = "kprobe:do_nanosleep+0x4" }, Of("at_kprobe"));
        Assert.Equal(new KprobeAttach("at_kretprobe", "do_nanosleep", 0, true) { DisplayName = "kretprobe:do_nanosleep" }, Of("at_kretprobe"));
        Assert.Equal(new KprobeMultiAttach("at_kprobe_session", "tcp_*", false) { DisplayName = "kprobe:tcp_*" }, Of("at_kprobe_session"));
        Assert.Equal(new KsyscallAttach("at_kretsyscall", "openat", true) { DisplayName = "kretsyscall:openat" }, Of("at_kretsyscall"));
        Assert.Equal(new UsdtAttach("at_usdt_s", "/usr/lib/libc.so.6", "libc", "setjmp") { DisplayName = "usdt:/usr/lib/libc.so.6:libc:setjmp" }, Of("at_usdt_s"));
        Assert.Equal(new UprobePatternAttach("at_uprobe_multi", "/usr/lib/libc.so.6", "mall*", false) { DisplayName = "uprobe:/usr/lib/libc.so.6:mall*" }, Of("at_uprobe_multi"));
        Assert.Equal(new UprobeTarget("malloc", 8, 0), Assert.Single(Assert.IsType<UprobeAttach>(Of("at_uprobe")).Targets));
        Assert.Equal(new TypedAttach("at_fentry") { DisplayName = "fentry:target" }, Of("at_fentry"));
        Assert.Null(Of("at_lsm_cgroup"));
        Assert.Null(Of("at_freplace"));
        Assert.Null(Of("at_xdp"));
    }

    [Fact]
    public void A_question_mark_leaves_the_loading_to_whoever_asks()
    {
        Assert.Equal(["at_nothing"], sections.Programs.Where(program => !program.IsAutoLoaded).Select(program => program.Name));
        Assert.Equal((ProgramType.Tracing, (string?)null), (sections.FindProgram("at_nothing")!.Type, sections.FindProgram("at_nothing")!.AttachTarget));
    }

    [Fact]
    public void Programs_are_written_into_the_sections_that_they_came_from()
    {
        ElfFile elf = ElfFile.Read("written", BpfObjectWriter.Write(sections));
        Dictionary<string, string> places = elf.Symbols.Where(symbol => symbol.IsFunction).ToDictionary(symbol => symbol.Name, symbol => elf.Sections[symbol.SectionIndex].Name);
        string[] written = [.. sections.Programs.Select(program => places[program.Name])];
        // Other spellings of the same, and numbers.
        string[] expected = [.. sections.Programs.Select(program => (program.IsAutoLoaded ? "" : "?") + program.DisplayName switch
        {
            ['t', 'p', '/', ..] => "tracepoint/sched/sched_switch",
            "raw_tp/sched_switch" => "raw_tracepoint/sched_switch",
            "raw_tp.w/sched_switch" => "raw_tracepoint.w/sched_switch",
            "kprobe/do_nanosleep+0x4" => "kprobe/do_nanosleep+4",
            "tc/ingress" => "tcx/ingress",
            "tc/egress" => "tcx/egress",
            "classifier" => "tc",
            "cgroup/sock" => "cgroup/sock_create",
            "struct_ops/name" => "struct_ops",
            "struct_ops.s/name" => "struct_ops.s",
            var same => same,
        })];
        Assert.Equal(expected, written);
    }
}
