using System.Collections;
using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Compiler;
using Imker.Compiler.Ir;
using Imker.Diagnostics;
using Imker.Linux;
using Imker.Objects;
using Imker.Rendering;
using Imker.Script.Binding;
using Imker.Script.Bound;
using Imker.Script.Listing;
using Imker.Script.Lowering;
using Imker.Script.Syntax;
using Imker.Tracing;

namespace Imker.Cli;

/// <summary>Puts together what <c>imker trace</c> does: read, bind, compile, run.</summary>
internal sealed class TraceRun
{
    // What bpftrace's own harness waits for; scripts and test suites rely on the name.
    private const string ReadinessVariable = "__BPFTRACE_NOTIFY_PROBES_ATTACHED";

    // A signal lets a script that is compiled quickly begin and end in order; over a longer one nobody has to wait.
    private static readonly TimeSpan patienceAfterSignal = TimeSpan.FromMilliseconds(500);

    private readonly TraceArguments arguments;
    private readonly EventLoop loop;
    private readonly DiagnosticBag diagnostics = new();
    private readonly ITargetFacts facts;

    private TraceRun(TraceArguments arguments, EventLoop loop)
    {
        this.arguments = arguments;
        this.loop = loop;
        facts = CompileTarget.Open(arguments);
    }

    /// <returns>The exit code: what the script asks for, or 1 for an error that was told.</returns>
    public static int Execute(TraceArguments arguments, EventLoop loop) => new TraceRun(arguments, loop).Run();

    private int Run()
    {
        loop.EndAfterSignal(patienceAfterSignal, isResultWanted: arguments.IsList || arguments.Emit is not null || arguments.IsDryRun);
        if (arguments.IsList)
            return List(arguments.Words.FirstOrDefault() ?? "*");
        if (Bind() is not { } program)
            return 1;
        IrModule module = ScriptLowering.Lower(program, facts, "imker");
        string? ir = arguments.Emit == "ir" ? IrPrinter.Print(module) : null;
        if (ir is not null && arguments.SavedTargetPath is null)
            return Show(ir);
        BpfObject compiled = BpfCompiler.Compile(module, facts);
        CompileTarget.Save(facts, arguments);
        if (ir is not null)
            return Show(ir);
        if (arguments.Emit == "asm")
            return Show(ObjectListing.Format(compiled));
        if (arguments.Emit == "object")
            return EmitObject(compiled);
        return arguments.TargetPath is null ? Trace(compiled, program.Config) : 0;
    }

    private BoundProgram? Bind()
    {
        (SourceText source, IEnumerable<string> parameters) = ReadScript();
        ScriptSyntax syntax = ScriptSyntax.Parse(source, diagnostics);
        // Without them the kernel answers nothing that the binder asks for, and every error would be about that.
        if (!diagnostics.HasErrors && arguments.Emit is null && arguments.TargetPath is null)
            TracingPrivileges.Require();
        BoundProgram? program = Binder.Bind(syntax, facts, new BinderOptions
        {
            Parameters = [.. parameters],
            ProcessId = arguments.ProcessId,
            AllowUnsafe = arguments.IsUnsafe,
            Environment = BpftraceEnvironment(),
        }, diagnostics);
        ShowDiagnostics();
        return program;
    }

    private void ShowDiagnostics()
    {
        // The console is not opened for nothing: that takes a tenth of a short run.
        if (diagnostics.Count == 0)
            return;
        Failure.Show(diagnostics.ToSorted().Where(d => d.Severity == Severity.Error || !arguments.HidesWarnings));
        if (diagnostics.SuppressedErrors > 0)
            Console.Error.WriteLine($"error: {diagnostics.SuppressedErrors} more errors are not shown");
    }

    private (SourceText Source, IEnumerable<string> Parameters) ReadScript()
    {
        if (arguments.Expressions.Count > 0)
            return (new SourceText("-e", string.Join('\n', arguments.Expressions)), arguments.Words);
        if (arguments.Words.Count == 0)
            throw new UsageException("there is no script: give a file, - for standard input, or -e PROGRAM");
        string path = arguments.Words[0];
        return (new SourceText(path == "-" ? "stdin" : path, SourceEncoding.Decode(ScriptFile.Read(path))), arguments.Words.Skip(1));
    }

    private int List(string pattern)
    {
        var list = new ProbeList(facts, arguments.ProcessId);
        using Stream stream = OutputFile.OpenStandard();
        using var output = new BatchedOutput(stream);
        int count = ListingWriter.Write(list.Find(pattern, arguments.IsVerbose), output);
        if (list.Problem is { } problem)
            Failure.Say($"cannot list all probes: {problem}");
        else if (count == 0)
            Failure.Say($"no probe matches '{pattern}'");
        return list.Problem is null && count > 0 ? 0 : 1;
    }

    private static ImmutableDictionary<string, string> BpftraceEnvironment()
    {
        ImmutableDictionary<string, string> found = ImmutableDictionary<string, string>.Empty;
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable is { Key: string name, Value: string value } && name.StartsWith("BPFTRACE_", StringComparison.Ordinal))
                found = found.SetItem(name, value);
        }
        return found;
    }

    private int Show(string text)
    {
        using var output = new StreamWriter(OpenOutput());
        output.Write(text);
        return 0;
    }

    private int EmitObject(BpfObject compiled)
    {
        using Stream output = OpenOutput();
        output.Write(BpfObjectWriter.Write(compiled));
        return 0;
    }

    private Stream OpenOutput() => arguments.OutputPath is { } path ? OutputFile.Create(path) : OutputFile.OpenStandard();

    private int Trace(BpfObject compiled, ScriptConfig config)
    {
        using Stream stream = OpenOutput();
        using var output = new BatchedOutput(stream);
        using Stream errorStream = OutputFile.OpenStandardError();
        using var errors = new BatchedOutput(errorStream);
        OutputRenderer writer = arguments.IsJson ? new JsonRenderer(output, errors) : new TextRenderer(output, errors);
        using var session = new TraceSession(compiled, new TraceOptions
        {
            Command = arguments.Command is { } command ? CommandWords.Split(command) : [],
            ProcessId = arguments.ProcessId,
            DryRun = arguments.IsDryRun,
            IsQuiet = arguments.IsQuiet,
            DropsCapabilities = true,
            MaxFileBytes = config.MaxCatBytes,
            MaxStringLength = config.MaxStringLength,
            TruncationTrailer = config.StringTruncationTrailer,
            ReadinessLine = Environment.GetEnvironmentVariable(ReadinessVariable) is null ? null : ReadinessVariable,
        }, writer, loop);
        loop.GoOnAfterSignal();
        int exitCode = session.Run();
        // Whether the kernel takes everything was not tried.
        return arguments.IsDryRun && loop.Signal is not null ? loop.SignalExitCode : exitCode;
    }
}
