using System.CommandLine;
using Imker.Machine;

namespace Imker.Cli;

/// <summary><c>imker vm</c>: programs in the machine of this process, without a kernel.</summary>
internal sealed class VmCommand
{
    public const string Name = "vm";

    public const string Description = "Run programs in this process, without the kernel.";

    public const string Examples = """
        Examples:
          imker vm run prog.o --mem-file packet.bin
              Run the first program of an object on these bytes; print what it returned and how long it took.
          imker vm run prog.o --interpret --repeat 1000000
              Measure a million runs of it, interpreted.
          imker vm trace prog.o
              Show every step with the registers that it changed.
          echo '95 00 00 00 00 00 00 00' | imker vm plugin 0011
              Run instructions given in hexadecimal on two bytes of memory, as bpf_conformance calls it.

        Exit code: 1 when the program cannot be loaded, or when a fault ended it.
        """;

    private const string ModesHelp = "Without a choice generated code runs where there is a generator, with checks.";

    private readonly Option<bool> jit = new("--jit") { Description = "Run generated code, without checks where the verifier takes the program." };
    private readonly Option<bool> interpret = new("--interpret") { Description = "Interpret." };
    private readonly Option<bool> isChecked = new("--checked") { Description = "Run generated code that checks every access." };

    private readonly Argument<string> file = new("object") { Description = "An object file of clang, or one of imker." };
    private readonly Option<string?> program = new("--program") { Description = "The program's name; the first one of the object if it is not given.", HelpName = "NAME" };
    private readonly Option<string?> memory = new("--mem-file") { Description = "What the program is run on: a packet for packet programs, else the memory that R1 points to.", HelpName = "FILE" };
    private readonly Option<int> repeat = new("--repeat") { Description = "How often it runs to be measured.", HelpName = "N", DefaultValueFactory = _ => 1000 };

    private readonly Argument<string?> hexMemory = new("memory") { Description = "Memory in hexadecimal: R1 is its address, R2 its length.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> hexProgram = new("--program") { Description = "The program in hexadecimal instead of on standard input.", HelpName = "HEX" };
    private readonly Option<bool> isElf = new("--elf") { Description = "The program is an object file." };

    private VmCommand()
    {
    }

    public static Command Create()
    {
        var options = new VmCommand();
        Command[] commands = [options.Run(), options.Trace(), options.Plugin()];
        var vm = new Command(Name, Description);
        foreach (Command command in commands)
        {
            CommandLine.AddExamples(command, Examples);
            vm.Add(command);
        }
        return vm;
    }

    private Command Run()
    {
        var run = new Command("run", $"Run a program of an object and measure it. {ModesHelp}") { file, program, memory, repeat, jit, interpret, isChecked };
        run.SetAction(result => Failure.Guard(() =>
        {
            int times = result.GetValue(repeat);
            if (times < 1)
                throw new UsageException($"--repeat {times}: it runs once at least");
            var loaded = VmProgram.Load(result.GetValue(file)!, result.GetValue(program), Mode(result));
            return VmRun.Execute(loaded, VmProgram.ReadMemory(result.GetValue(memory)), times, result.InvocationConfiguration.Output);
        }, isVerbose: false));
        return run;
    }

    private Command Trace()
    {
        var trace = new Command("trace", "Show every step of a program with the registers that it changed.") { file, program, memory };
        trace.SetAction(result => Failure.Guard(() =>
        {
            var loaded = VmProgram.Load(result.GetValue(file)!, result.GetValue(program), ExecutionMode.Interpreted);
            return VmTrace.Execute(loaded, VmProgram.ReadMemory(result.GetValue(memory)), result.InvocationConfiguration.Output);
        }, isVerbose: false));
        return trace;
    }

    private Command Plugin()
    {
        var plugin = new Command("plugin", $"Run instructions in hexadecimal, as the public conformance runner calls its plug-ins. {ModesHelp}")
        {
            hexMemory, hexProgram, isElf, jit, interpret, isChecked,
        };
        plugin.SetAction(result => Failure.Guard(() =>
        {
            string text = result.GetValue(hexProgram) ?? Console.In.ReadToEnd();
            return VmPlugin.Execute(result.GetValue(hexMemory) ?? "", text, result.GetValue(isElf), Mode(result), result.InvocationConfiguration.Output);
        }, isVerbose: false));
        return plugin;
    }

    /// <exception cref="UsageException">Two modes were given.</exception>
    private ExecutionMode Mode(ParseResult result) => (result.GetValue(jit), result.GetValue(interpret), result.GetValue(isChecked)) switch
    {
        (false, false, false) => ExecutionMode.Automatic,
        (true, false, false) => ExecutionMode.Verified,
        (false, true, false) => ExecutionMode.Interpreted,
        (false, false, true) => ExecutionMode.Checked,
        _ => throw new UsageException("give one of --jit, --interpret and --checked"),
    };
}
