using System.Collections.Immutable;
using Imker.Btf;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Verifier.Code;
using Imker.Verifier.Transfer;

namespace Imker.Verifier;

/// <summary>
/// Proves that programs end, access only what they may and use helpers and references as they must: what the kernel's verifier does, for
/// the rules of several kernels and of the embedded machine.
/// </summary>
public static class ProgramVerifier
{
    /// <summary>Verifies the programs of an object, in its order.</summary>
    /// <param name="source">Its code has been adapted to the target's types where it depends on them (<see cref="CoreRelocator"/>).</param>
    /// <param name="target">Whose rules hold.</param>
    /// <param name="limits">How much the analysis of each program may take.</param>
    public static ImmutableArray<Verdict> Verify(BpfObject source, VerifierTarget target, VerifierLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return [.. source.Programs.Select(program => Verify(source, program, target, limits))];
    }

    /// <summary>Verifies one program of an object.</summary>
    public static Verdict Verify(BpfObject source, ProgramSpec program, VerifierTarget target, VerifierLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        var verdict = new Verdict { Program = program.Name, Section = program.DisplayName.Length > 0 ? program.DisplayName : program.Name, Target = target };
        ProgramCode code;
        try
        {
            code = ProgramCode.Link(source, program, TypesOf(source));
        }
        catch (ArgumentException e)
        {
            return verdict with { Id = VerifierDiagnosticId.ControlFlow, Message = e.Message };
        }
        var analysis = new Analysis(source, code, target, limits ?? VerifierLimits.Default);
        RefusalException? refusal = analysis.Run();
        verdict = verdict with { AnalysedInstructions = analysis.Walked, PeakStates = analysis.PeakStates, StackDepth = analysis.StackDepth };
        if (refusal is null)
            return verdict;
        bool isPlace = refusal.Slot >= 0 && refusal.Slot < code.SlotCount && !code.IsSecondHalf(refusal.Slot);
        return verdict with
        {
            Id = refusal.Id,
            Message = refusal.Message,
            Slot = refusal.Slot,
            Function = isPlace ? code.FunctionAt(refusal.Slot).Name : null,
            Instruction = isPlace ? code[refusal.Slot].ToString() : null,
            Source = isPlace ? code.LineAt(refusal.Slot) : null,
        };
    }

    private static BtfFile? TypesOf(BpfObject source) =>
        !source.Btf.IsEmpty && BtfFile.TryRead(source.Name, source.Btf, null, out BtfFile? types, out ImmutableArray<Diagnostic> _) ? types : null;
}
