using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Objects;

/// <summary>
/// Adapts an object's code to the types of a target: CO-RE. What the target lacks becomes an instruction that no verifier takes, so that
/// a program may ask first whether it is there, and not reach what is not.
/// </summary>
public sealed class CoreRelocator
{
    private readonly BpfObject source;
    private readonly CoreTarget? target;
    private readonly CoreResolver resolver;
    private readonly DiagnosticBag diagnostics;
    private readonly List<MissingInTarget> missing = [];

    private CoreRelocator(BpfObject source, BtfFile local, CoreTarget? target, DiagnosticBag diagnostics)
    {
        this.source = source;
        this.target = target;
        this.diagnostics = diagnostics;
        resolver = new CoreResolver(local, target);
    }

    /// <summary>Whether anything in the object depends on the target's types.</summary>
    public static bool IsNeeded(BpfObject source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return DataSections.AllCode(source).Any(function => !function.CoreRelocations.IsEmpty);
    }

    /// <summary>The object, adapted; of programs that are loaded only on request, those that are named too.</summary>
    /// <param name="source">The object; its code is not changed.</param>
    /// <param name="target">The types to adapt to; null when there are none.</param>
    /// <param name="adapted">The object that fits; null when there are errors.</param>
    /// <param name="diagnostics">Gets what is wrong with the object's relocations.</param>
    /// <param name="programs">Names of programs that are to be adapted though they are loaded on request.</param>
    public static bool TryAdapt(
        BpfObject source, CoreTarget? target, [NotNullWhen(true)] out AdaptedObject? adapted, DiagnosticBag diagnostics,
        params IReadOnlyCollection<string> programs)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        ArgumentNullException.ThrowIfNull(programs);
        adapted = new AdaptedObject(source, []);
        if (!IsNeeded(source))
            return true;
        if (!BtfFile.TryRead(source.Name, source.Btf, null, out BtfFile? local, out ImmutableArray<Diagnostic> findings))
        {
            diagnostics.AddRange(findings);
            adapted = null;
            return false;
        }
        var own = new DiagnosticBag();
        adapted = new CoreRelocator(source, local, target, own).Adapt(programs);
        diagnostics.AddRange(own);
        if (own.HasErrors)
            adapted = null;
        return adapted is not null;
    }

    /// <summary>As <see cref="TryAdapt"/>.</summary>
    /// <exception cref="DiagnosticException">A relocation is malformed, or the target's types disagree on the answer.</exception>
    public static AdaptedObject Adapt(BpfObject source, CoreTarget? target, params IReadOnlyCollection<string> programs)
    {
        var diagnostics = new DiagnosticBag();
        return TryAdapt(source, target, out AdaptedObject? adapted, diagnostics, programs) ? adapted : throw new DiagnosticException(diagnostics.ToSorted());
    }

    private AdaptedObject Adapt(IReadOnlyCollection<string> programs)
    {
        BpfObject adapted = source with
        {
            Programs = [.. source.Programs.Select(program =>
                program.IsAutoLoaded || programs.Contains(program.Name) ? program with { Entry = Adapt(program.Entry) } : program)],
            Functions = [.. source.Functions.Select(Adapt)],
        };
        return new AdaptedObject(adapted, [.. missing]);
    }

    private FunctionSpec Adapt(FunctionSpec function)
    {
        if (function.CoreRelocations.IsEmpty)
            return function;
        Instruction[] instructions = [.. function.Instructions];
        var poisoned = new SortedDictionary<int, string>();
        foreach (CoreRelocationSpec relocation in function.CoreRelocations)
        {
            if (!poisoned.ContainsKey(relocation.Instruction) && Apply(function, relocation, ref instructions[relocation.Instruction]) is { } why)
                poisoned.Add(relocation.Instruction, why);
        }
        FunctionSpec adapted = function with { Instructions = [.. instructions], CoreRelocations = [] };
        return poisoned.Count == 0 ? adapted : WithPoison(adapted, poisoned);
    }

    /// <summary>Why the instruction must not be reached; null when it is as the target wants it, or there is an error.</summary>
    private string? Apply(FunctionSpec function, CoreRelocationSpec relocation, ref Instruction instruction)
    {
        if (!resolver.TryResolve(relocation.Kind, relocation.TypeId, relocation.Access, out CoreAnswer answer, out CoreProblem? unanswered))
        {
            Report(unanswered.IsAmbiguous ? ObjectDiagnosticId.AmbiguousCore : ObjectDiagnosticId.BadCore, function, relocation, unanswered.Text);
            return null;
        }
        string name = target?.Kernel.Name ?? "a target without BTF";
        if (answer.IsMissing)
            return $"{Describe(relocation)}, which {name} does not have";
        if (answer.IsSizeUnsafe && InstructionPatch.IsAccess(instruction))
            return $"{Describe(relocation)}, which has {answer.TargetSize} bytes in {name} and {answer.LocalSize} in the program, and is no pointer or unsigned integer";
        instruction = InstructionPatch.Apply(instruction, answer, out string? problem);
        if (problem is not null)
            Report(ObjectDiagnosticId.UnfitCore, function, relocation, problem);
        return null;
    }

    // Both halves of a wide load are replaced, which makes two instructions of one: places behind it move on.
    private FunctionSpec WithPoison(FunctionSpec function, SortedDictionary<int, string> poisoned)
    {
        var instructions = ImmutableArray.CreateBuilder<Instruction>(function.Instructions.Length + poisoned.Count);
        int[] moved = new int[function.Instructions.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] = instructions.Count;
            Instruction instruction = function.Instructions[i];
            if (!poisoned.TryGetValue(i, out string? why))
            {
                instructions.Add(instruction);
                continue;
            }
            missing.Add(new MissingInTarget(function.Name, moved[i], why));
            for (int slot = 0; slot < instruction.SlotCount; slot++)
                instructions.Add(InstructionPatch.Poison);
        }
        return function with
        {
            Instructions = instructions.ToImmutable(),
            Lines = [.. function.Lines.Where(line => line.Instruction < moved.Length).Select(line => line with { Instruction = moved[line.Instruction] })],
        };
    }

    private string Describe(CoreRelocationSpec relocation) => resolver.Describe(relocation.Kind, relocation.TypeId, relocation.Access);

    private void Report(string id, FunctionSpec function, CoreRelocationSpec relocation, string problem) =>
        diagnostics.Error(id, default, $"cannot adapt {source.Name} to {target?.Kernel.Name ?? "no types"}: function '{function.Name}', "
            + $"instruction {relocation.Instruction}{Place(function, relocation)}: {Describe(relocation)}: {problem}");

    private static string Place(FunctionSpec function, CoreRelocationSpec relocation) =>
        function.LineAt(relocation.Instruction) is { } line ? $" ({line.File}:{line.Line})" : "";
}
