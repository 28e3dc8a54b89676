using System.Text;
using Imker.Linux;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Inspect.Tests.Running;

public sealed class RunSessionTests
{
    private static BpfObject Exec => BpfObjectReader.Read(File.ReadAllBytes(Golden.PathOf("exec.bpf.o")), "exec.bpf.o");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Records_are_decoded_by_the_objects_types(bool isJson)
    {
        Machine.RequireRoot();
        (int code, string output, _) = Run(Exec, RunOptions.Default with { Timeout = TimeSpan.FromSeconds(2) }, isJson);
        Assert.Equal(0, code);
        if (isJson)
            Assert.Matches("""^\{"type": "record", "map": "events", "struct": "event", "data": \{"pid": \d+, "ppid": \d+, "inode": \d+, "comm": "true"\}\}$""".Replace("^", "(?m)^", StringComparison.Ordinal), output);
        else
            Assert.Matches(@"(?m)^events: pid=\d+ ppid=\d+ inode=\d+ comm=true$", output);
    }

    [Fact]
    public void Nothing_stays_in_the_kernel()
    {
        Machine.RequireRoot();
        Run(Exec, RunOptions.Default with { Timeout = TimeSpan.FromMilliseconds(100) }, isJson: false);
        Assert.DoesNotContain(ObjectSelector.Programs(null), program => program.Name == "on_exec");
    }

    [Fact]
    public void How_many_are_attached_is_said()
    {
        Machine.RequireRoot();
        (_, _, string errors) = Run(Exec, RunOptions.Default with { Timeout = TimeSpan.FromMilliseconds(100) }, isJson: false);
        Assert.Equal("Attached 1 program\n", errors);
    }

    [Fact]
    public void A_program_whose_section_names_no_place_is_told_of()
    {
        Machine.RequireRoot();
        string path = Path.Combine(Machine.RepositoryRoot, "tests/corpus/objects/hash.bpf.o");
        (int code, _, string errors) = Run(BpfObjectReader.Read(File.ReadAllBytes(path), path), RunOptions.Default, isJson: false);
        Assert.Equal(1, code);
        Assert.StartsWith("program 'count' (socket_filter) is loaded and not attached: its section names no place, which an interface or cgroup would be\nerror: nothing of the object is attached", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event", "event", "the object has no ring or perf buffer 'event' (did you mean 'events'?)")]
    [InlineData("events", "evant", "the object's types have no struct 'evant' (did you mean 'event'?)")]
    public void A_wrong_record_type_is_refused(string map, string type, string message)
    {
        Machine.RequireRoot();
        RunOptions options = RunOptions.Default with { RecordTypes = RunOptions.Default.RecordTypes.Add(map, type) };
        Assert.Equal(message, Assert.Throws<InspectException>(() => Run(Exec, options, isJson: false)).Message);
    }

    private static (int Code, string Output, string Errors) Run(BpfObject source, RunOptions options, bool isJson)
    {
        using MemoryStream output = new(), errors = new();
        using var loop = new EventLoop();
        int code;
        using (var writer = new RunOutput(output, errors, isJson))
        using (var session = new RunSession(source, options, writer, loop))
        using (RunningProgram work = RunningProgram.Shell("for i in 1 2 3 4 5 6 7 8; do sleep 0.2; /bin/true; done"))
            code = session.Run();
        return (code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(errors.ToArray()));
    }
}
