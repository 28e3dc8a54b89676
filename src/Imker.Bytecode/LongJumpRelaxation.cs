namespace Imker.Bytecode;

/// <summary>
/// Replaces jumps that do not reach: <c>goto L</c> becomes <c>gotol L</c>; <c>if c goto L</c> becomes <c>if !c goto +1; gotol L</c>, and
/// where there is no inverse, <c>if c goto +1; goto +1; gotol L</c>.
/// </summary>
internal static class LongJumpRelaxation
{
    public static CodeStream Apply(CodeStream stream, List<int> unreached)
    {
        var result = new CodeStream();
        int[] moved = new int[stream.Instructions.Count + 1];
        int next = 0;
        for (int i = 0; i < stream.Instructions.Count; i++)
        {
            moved[i] = result.Instructions.Count;
            if (next < unreached.Count && unreached[next] == i)
            {
                next++;
                Lengthen(stream, i, result);
            }
            else
            {
                result.Add(stream.Instructions[i], stream.SpanOf(i));
            }
        }
        moved[^1] = result.Instructions.Count;
        foreach ((Label label, int index) in stream.Labels)
            result.Labels[label] = moved[index];
        return result;
    }

    private static void Lengthen(CodeStream stream, int index, CodeStream result)
    {
        Instruction jump = stream.Instructions[index];
        var target = (Label)jump.Reference!;
        if (!jump.IsUnconditionalJump)
        {
            if (jump.IsConditionalJump && jump.TryInvert(out Instruction inverted))
            {
                result.Add(inverted.WithReference(null).WithOffset(1), stream.SpanOf(index));
            }
            else
            {
                result.Add(jump.WithReference(null).WithOffset(1), stream.SpanOf(index));
                result.Add(Instruction.Jump(1), stream.SpanOf(index));
            }
        }
        result.Add(Instruction.JumpLong(target), stream.SpanOf(index));
    }
}
