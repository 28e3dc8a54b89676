using Imker.Btf;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>Function and line info of a linked program, as far as the object has it for the whole of it.</summary>
internal static class DebugInfo
{
    /// <summary>Empty unless every function has a type: the kernel wants all or none.</summary>
    internal static byte[] FunctionsOf(LinkedProgram program) =>
        program.Functions.Any(f => f.Spec.BtfTypeId == 0)
            ? []
            : BtfExt.EncodeForLoad([.. program.Functions.Select(f => new BtfFunctionInfo((uint)f.Start, f.Spec.BtfTypeId))]);

    /// <summary>Empty unless every function has lines: the kernel wants one at the start of each.</summary>
    internal static byte[] LinesOf(LinkedProgram program, ObjectBtf btf) =>
        program.Functions.Any(f => f.Spec.Lines.IsEmpty)
            ? []
            : BtfExt.EncodeForLoad([.. program.Functions.SelectMany(f => LinesOf(f, btf))]);

    private static IEnumerable<BtfLineInfo> LinesOf(PlacedFunction function, ObjectBtf btf)
    {
        int slot = function.Start, instruction = 0;
        for (int i = 0; i < function.Spec.Lines.Length; i++)
        {
            SourceLine line = function.Spec.Lines[i];
            // Code before the first line counts as part of it.
            for (int from = i == 0 ? 0 : line.Instruction; instruction < from; instruction++)
                slot += function.Spec.Instructions[instruction].SlotCount;
            yield return new BtfLineInfo((uint)slot, btf.OffsetOf(line.File), btf.OffsetOf(line.Text), (uint)line.Line, (uint)line.Column);
        }
    }
}
