using System.Diagnostics;
using Imker.Bytecode;
using Imker.Machine;
using Imker.Objects;
using Imker.Verifier;

namespace Imker.Cli;

/// <summary>A program of an object file, loaded into a machine, and how long that took.</summary>
/// <param name="Program">What runs.</param>
/// <param name="LoadTime">Reading, making maps, checking the form and compiling.</param>
internal sealed record VmProgram(MachineProgram Program, TimeSpan LoadTime)
{
    /// <param name="path">The object file.</param>
    /// <param name="name">The program's; the first one's where it is null.</param>
    /// <param name="mode">How it runs.</param>
    /// <exception cref="UsageException">There is no such program.</exception>
    public static VmProgram Load(string path, string? name, ExecutionMode mode)
    {
        byte[] bytes = File.ReadAllBytes(path);
        long start = Stopwatch.GetTimestamp();
        MachineProgram program = Load(BpfObjectReader.Read(bytes, path), name, mode);
        return new VmProgram(program, Stopwatch.GetElapsedTime(start));
    }

    /// <inheritdoc cref="Load(string, string?, ExecutionMode)"/>
    public static MachineProgram Load(BpfObject source, string? name, ExecutionMode mode)
    {
        source = WithEntry(source);
        ProgramSpec chosen = (name is null ? source.Programs.FirstOrDefault() : source.FindProgram(name))
            ?? throw new UsageException(name is null ? $"the object '{source.Name}' has no program"
                : $"the object '{source.Name}' has no program '{name}'{Diagnostics.Spelling.Suggestion(name, source.Programs.Select(p => p.Name))}");
        if (mode == ExecutionMode.Verified && WhyChecked(source, chosen) is { } reason)
        {
            Console.Error.WriteLine(Failure.Printable($"note: '{chosen.Name}' runs with checks: {reason}", Rendering.TextEscaping.Line));
            mode = ExecutionMode.Checked;
        }
        var machine = new BpfMachine(new MachineOptions { Mode = mode, Print = Console.Error.WriteLine });
        try
        {
            return machine.Load(source with { Programs = [chosen with { IsAutoLoaded = true }, .. source.Programs.Where(p => p.Name != chosen.Name)] }).Programs[chosen.Name];
        }
        catch (NotSupportedException e)
        {
            throw new UsageException(e.Message);
        }
    }

    // Without checks runs what is proven to access only what it may: the context of packets is always whole, other memory is as long as
    // the file is.
    private static string? WhyChecked(BpfObject source, ProgramSpec program)
    {
        if (!BpfMachine.TakesPackets(program.Type))
            return "only for packet programs it is known before what memory they get";
        // A tail call may lead to every program of the object.
        bool callsOthers = source.Maps.Any(map => map.Type == MapType.ProgArray);
        Verdict? refusal = source.Programs.Where(other => callsOthers || other.Name == program.Name)
            .Select(other => ProgramVerifier.Verify(source, other, VerifierTarget.Machine)).FirstOrDefault(verdict => !verdict.IsAccepted);
        return refusal is null ? null : $"the verifier refuses {(refusal.Program == program.Name ? "it" : $"'{refusal.Program}'")} at slot {refusal.Slot}: {refusal.Message}";
    }

    public static byte[] ReadMemory(string? path) => path is null ? [] : File.ReadAllBytes(path);

    // Objects for machines of other projects have functions only: the first of them is the program.
    private static BpfObject WithEntry(BpfObject source) => source is { Programs.IsEmpty: true, Functions: [var entry, ..] }
        ? source with { Programs = [new ProgramSpec { Name = entry.Name, Type = ProgramType.Unspecified, Entry = entry }] } : source;
}
