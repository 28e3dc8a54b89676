using System.CommandLine;
using Imker.Btf;
using Imker.Diagnostics;
using Imker.Linux;
using Imker.Objects;
using Imker.Verifier;

namespace Imker.Cli;

/// <summary><c>imker verify</c>: says of each program of an object whether a kernel, or the embedded machine, would take it.</summary>
internal sealed class VerifyCommand
{
    public const string Name = "verify";

    public const string Examples = """
        Examples:
          imker verify prog.o
              Say of each program whether kernel 6.18 takes it, what the check costs, and from which kernel on it is taken.
          imker verify --target 5.10 prog.o
              The same for the rules of 5.10.
          imker verify --target machine --json prog.o
              Whether the embedded machine may run it without checks; a JSON object a line.
          imker verify --btf vmlinux-6.1.btf --target 6.1 prog.o
              With the types of that kernel, for CO-RE and typed programs.
          imker verify --explain IMK8105
              What a refusal means and what helps.

        Exit code: 1 when a program is refused.
        """;

    // A large program of Cilium has a megabyte; the types of a kernel have some six.
    private const int LargestFile = 64 << 20;

    private readonly Argument<string[]> files = new("object") { Description = "Object files of clang or of imker.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> targetName = new("--target") { Description = "Whose rules hold: machine, 5.10, 6.1, 6.12 or 6.18.", HelpName = "TARGET", DefaultValueFactory = _ => VerifierTarget.NewestKernel.ToString(2) };
    private readonly Option<string?> types = new("--btf") { Description = "The types of the target's kernel; those of this machine's without it.", HelpName = "FILE" };
    private readonly Option<string?> only = new("--program") { Description = "Only the program of this name.", HelpName = "NAME" };
    private readonly Option<bool> unprivileged = new("--unprivileged") { Description = "As a user without CAP_BPF and CAP_PERFMON loads it." };
    private readonly Option<int> instructions = new("--max-instructions") { Description = "How many instructions may be walked for one program.", HelpName = "N", DefaultValueFactory = _ => VerifierLimits.Default.Instructions };
    private readonly Option<double> seconds = new("--max-seconds") { Description = "How long the analysis of one program may take.", HelpName = "S", DefaultValueFactory = _ => VerifierLimits.Default.Time.TotalSeconds };
    private readonly Option<bool> json = new("--json") { Description = "Print a JSON object a line." };

    private readonly Option<string?> explain = new("--explain") { Description = "Tell what a kind of refusal means and what helps, such as IMK8105.", HelpName = "ID" };

    private VerifyCommand()
    {
    }

    /// <param name="loop">Catches signals.</param>
    public static Command Create(EventLoop loop)
    {
        var options = new VerifyCommand();
        var verify = new Command(Name, "Say whether a kernel would take the programs of an object, and why not, without loading them.");
        foreach (Option option in (Option[])[options.targetName, options.types, options.only, options.unprivileged, options.instructions, options.seconds, options.json, options.explain])
            verify.Options.Add(option);
        verify.Arguments.Add(options.files);
        verify.SetAction(result => Failure.Guard(() => options.Run(result, loop), isVerbose: false));
        return verify;
    }

    private int Run(ParseResult result, EventLoop loop)
    {
        loop.EndAfterSignal(TimeSpan.Zero, isResultWanted: true);
        if (result.GetValue(explain) is { } id)
            return Explain(id, result.InvocationConfiguration.Output);
        if (result.GetValue(files) is not { Length: > 0 })
            throw new UsageException("there is no object to verify: name a file");
        VerifierTarget target = ParseTarget(result.GetValue(targetName)!) with { IsPrivileged = !result.GetValue(unprivileged) };
        VerifierLimits limits = VerifierLimits.Default with { Instructions = result.GetValue(instructions), Time = TimeSpan.FromSeconds(result.GetValue(seconds)) };
        CoreTarget? known = ReadTypes(result.GetValue(types));
        target = target.IsMachine ? target : target with { Types = known?.Kernel };
        var output = new VerdictOutput(result.InvocationConfiguration.Output, result.GetValue(json));
        bool isRefused = false;
        foreach (string path in result.GetValue(files)!)
        {
            BpfObject source = BpfObjectReader.Read(InputFile.Read("the object", path, LargestFile), path);
            AdaptedObject adapted = CoreRelocator.Adapt(source, CoreRelocator.IsNeeded(source) ? known : null, [.. source.Programs.Select(program => program.Name)]);
            foreach (ProgramSpec program in Chosen(source, adapted.Object, result.GetValue(only)))
            {
                Verdict verdict = ProgramVerifier.Verify(adapted.Object, program, target, limits);
                isRefused |= !verdict.IsAccepted;
                output.Write(verdict, OldestKernel(adapted.Object, program, target, limits));
            }
        }
        return isRefused ? 1 : 0;
    }

    private static int Explain(string id, TextWriter output)
    {
        if (!RefusalExplanations.TryGet(id, out string? text))
            throw new UsageException($"there is no refusal '{id}': they are called IMK8101 to IMK8128");
        output.WriteLine($"{id}: {text}");
        return 0;
    }

    private static IEnumerable<ProgramSpec> Chosen(BpfObject source, BpfObject adapted, string? name)
    {
        if (name is null)
            return adapted.Programs;
        return adapted.FindProgram(name) is { } program
            ? [program]
            : throw new UsageException($"{source.Name} has no program '{name}'{Spelling.Suggestion(name, source.Programs.Select(p => p.Name))}");
    }

    private static Version? OldestKernel(BpfObject source, ProgramSpec program, VerifierTarget target, VerifierLimits limits)
    {
        Version? oldest = null;
        foreach (Version kernel in VerifierTarget.KnownKernels.Reverse())
        {
            if (!ProgramVerifier.Verify(source, program, target with { Kernel = kernel, IsMachine = false }, limits).IsAccepted)
                return oldest;
            oldest = kernel;
        }
        return oldest;
    }

    private static VerifierTarget ParseTarget(string name)
    {
        if (name == VerifierTarget.Machine.Name)
            return VerifierTarget.Machine;
        return Version.TryParse(name, out Version? kernel) && VerifierTarget.KnownKernels.Contains(kernel)
            ? VerifierTarget.ForKernel(kernel)
            : throw new UsageException($"there is no target '{name}': there are machine, {string.Join(", ", VerifierTarget.KnownKernels.Select(known => known.ToString(2)))}");
    }

    private static CoreTarget? ReadTypes(string? path) => path is null
        ? RunningKernelTypes.Target
        : new CoreTarget(BtfFile.Read(path, InputFile.Read("the BTF", path, LargestFile)), () => []);
}
