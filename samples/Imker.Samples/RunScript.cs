using Imker.Linux;
using Imker.Objects;
using Imker.Rendering;
using Imker.Tracing;

namespace Imker.Samples;

/// <summary>Runs a script against a command and prints what it yields, as <c>imker trace -c</c> does.</summary>
internal static class RunScript
{
    private const string Script = """
        tracepoint:syscalls:sys_enter_openat /pid == cpid && str(args.filename) == "/etc/hostname"/ {
            printf("%s opens %s\n", comm, str(args.filename));
            @opens = count();
        }
        """;

    public static int Run()
    {
        BpfObject compiled = CompileScript.Compile(Script, new LinuxTargetFacts());
        using var output = new BatchedOutput(Console.OpenStandardOutput());
        using var errors = new BatchedOutput(Console.OpenStandardError());
        using var loop = new EventLoop();
        loop.CatchSignals();
        var options = new TraceOptions { Command = ["cp", "/etc/hostname", "/dev/null"] };
        using var session = new TraceSession(compiled, options, new TextRenderer(output, errors), loop);
        return session.Run();
    }
}
