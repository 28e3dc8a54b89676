using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Compiler.Lir;
using Imker.Objects;

namespace Imker.Compiler.Selection;

internal sealed partial class InstructionSelector
{
    private void SelectTerminator(TerminatorInstruction terminator)
    {
        switch (terminator)
        {
            case JumpInstruction jump:
                current.Jump(firstBlocks[jump.Target], span);
                break;
            case BranchInstruction branch:
                SelectBranch(branch);
                break;
            case MayGotoInstruction loop:
                target.Require(KernelFeature.MayGoto, source.Name, span);
                function.UsesMayGoto = true;
                current.MayGoto(firstBlocks[loop.Body], firstBlocks[loop.Exit], span);
                break;
            case ReturnInstruction result:
                current.Return(Source(result.Value), span);
                break;
            default:
                throw new ArgumentException($"{source.Name}: the terminator {terminator.GetType().Name} has no code.");
        }
    }

    private void SelectBranch(BranchInstruction branch)
    {
        LirInstruction test = Test(branch.Condition, out bool negated);
        LirBlock ifTrue = firstBlocks[branch.IfTrue];
        LirBlock ifFalse = firstBlocks[branch.IfFalse];
        int unlikely = branch.Hint switch
        {
            BranchHint.LikelyTrue => 1,
            BranchHint.LikelyFalse => 0,
            _ => -1,
        };
        if (negated)
            current.Branch(test, ifFalse, ifTrue, span, unlikely < 0 ? unlikely : 1 - unlikely);
        else
            current.Branch(test, ifTrue, ifFalse, span, unlikely);
    }

    // The value becomes a phi behind a branch.
    private void SelectChoice(IrInstruction instruction, IrValue condition, LirSource ifTrue, LirSource ifFalse)
    {
        IrValue root = Operands.StripNegations(condition, out bool flips);
        if (instruction is CompareInstruction && root is not CompareInstruction)
        {
            registers.Add(
                instruction, flips ? Modify(AluOperation.Xor, RegisterOf(root), 1, wide: true) : RegisterOf(root));
            return;
        }
        LirInstruction test = Test(condition, out bool negated);
        var join = new LirBlock(current.Name);
        current.Branch(test, join, join, span);
        join.Predecessors.AddRange([current, current]);
        join.Phis.Add(new LirPhi(DefinitionOf(instruction), negated ? [ifFalse, ifTrue] : [ifTrue, ifFalse]));
        function.Blocks.Add(join);
        current = join;
    }

    private LirInstruction Test(IrValue condition, out bool negated)
    {
        if (Operands.StripNegations(condition, out negated) is not CompareInstruction compare)
        {
            int value = RegisterOf(Operands.StripNegations(condition, out negated));
            return TestOf(Instruction.JumpIf(JumpCondition.NotEqual, Any, 0, (short)0), value);
        }
        if (uses.BitTest(compare) is { } and)
        {
            negated ^= compare.Operator == CompareOperator.Equal;
            return Test(JumpCondition.BitsSet, and.Left, and.Right);
        }
        JumpCondition jump = ConditionOf(compare.Operator);
        return Operands.Resolve(compare.Left) is IrConstant && Operands.Resolve(compare.Right) is not IrConstant
            ? Test(Mirrored(jump), compare.Right, compare.Left)
            : Test(jump, compare.Left, compare.Right);
    }

    // Narrow values are held with zeros above, so comparing all 64 bits is right for all but signed comparisons, and tells the
    // kernel's verifier most.
    private LirInstruction Test(JumpCondition condition, IrValue first, IrValue second)
    {
        IrValue left = uses.Tested(first), right = uses.Tested(second);
        if (left is IrConstant && condition == JumpCondition.BitsSet)
            (left, right) = (right, left);
        bool cut = left != Operands.Resolve(first) || right != Operands.Resolve(second);
        bool low = cut || (IsSigned(condition) && first.Type.Bits < 64);
        int register = RegisterOf(left);
        if (low && !target.HasJump32)
        {
            int extended = right is IrConstant signed ? LoadConstant((int)signed.Value) : SignExtend(RegisterOf(right), 32, 64);
            return TestOf(Instruction.JumpIf(condition, Any, Any, (short)0), SignExtend(register, 32, 64), extended);
        }
        if (right is not IrConstant constant)
        {
            return TestOf(
                low ? Instruction.JumpIf32(condition, Any, Any, (short)0) : Instruction.JumpIf(condition, Any, Any, (short)0),
                register, RegisterOf(right));
        }
        long value = low ? (int)constant.Value : constant.Value;
        if (!Constants.FitsSigned(value))
            return TestOf(Instruction.JumpIf(condition, Any, Any, (short)0), register, LoadConstant(value));
        return TestOf(
            low
                ? Instruction.JumpIf32(condition, Any, (int)value, (short)0)
                : Instruction.JumpIf(condition, Any, (int)value, (short)0),
            register);
    }

    private LirInstruction TestOf(Instruction template, int first, int second = LirRegister.None) =>
        new(LirForm.Test, template) { First = first, Second = second, Span = span };

    private void SelectCall(IrInstruction call, Instruction template, bool truncate)
    {
        LirSource[] arguments = [.. call.Operands.Select(Source)];
        bool used = uses.InRegister(call) > 0;
        bool narrow = truncate && call.Type.Bits < 64;
        int definition = used ? narrow ? function.NewRegister() : DefinitionOf(call) : LirRegister.None;
        current.Instructions.Add(new LirInstruction(LirForm.Call, template)
        {
            Definition = definition,
            Arguments = arguments,
            Span = span,
        });
        if (!used || !narrow)
            return;
        if (call.Type.Bits == 32)
            Emit(LirForm.Convert, Instruction.Mov32(Any, Any), DefinitionOf(call), definition);
        else
            Emit(LirForm.Modify, Instruction.Alu(AluOperation.And, Any, (1 << call.Type.Bits) - 1), DefinitionOf(call), definition);
    }

    private void ConnectBlocks()
    {
        firstBlocks[source.Entry].Predecessors.Add(function.Blocks[0]);
        foreach (IrBlock block in order)
        {
            foreach (IrBlock predecessor in block.Predecessors)
            {
                if (lastBlocks.TryGetValue(predecessor, out LirBlock? last))
                    firstBlocks[block].Predecessors.Add(last);
            }
        }
        foreach ((PhiInstruction phi, IrBlock block, int register) in phis)
        {
            IEnumerable<LirSource> inputs = phi.Operands
                .Where((_, i) => lastBlocks.ContainsKey(block.Predecessors[i]))
                .Select(Source);
            firstBlocks[block].Phis.Add(new LirPhi(register, [.. inputs]));
        }
    }

    private static bool IsSigned(JumpCondition condition) => condition is
        JumpCondition.SignedGreater or JumpCondition.SignedGreaterOrEqual or JumpCondition.SignedLess or JumpCondition.SignedLessOrEqual;

    private static JumpCondition ConditionOf(CompareOperator op) => op switch
    {
        CompareOperator.Equal => JumpCondition.Equal,
        CompareOperator.NotEqual => JumpCondition.NotEqual,
        CompareOperator.LessUnsigned => JumpCondition.Less,
        CompareOperator.LessOrEqualUnsigned => JumpCondition.LessOrEqual,
        CompareOperator.GreaterUnsigned => JumpCondition.Greater,
        CompareOperator.GreaterOrEqualUnsigned => JumpCondition.GreaterOrEqual,
        CompareOperator.LessSigned => JumpCondition.SignedLess,
        CompareOperator.LessOrEqualSigned => JumpCondition.SignedLessOrEqual,
        CompareOperator.GreaterSigned => JumpCondition.SignedGreater,
        CompareOperator.GreaterOrEqualSigned => JumpCondition.SignedGreaterOrEqual,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "There is no such operator."),
    };

    private static JumpCondition Mirrored(JumpCondition condition) => condition switch
    {
        JumpCondition.Greater => JumpCondition.Less,
        JumpCondition.GreaterOrEqual => JumpCondition.LessOrEqual,
        JumpCondition.Less => JumpCondition.Greater,
        JumpCondition.LessOrEqual => JumpCondition.GreaterOrEqual,
        JumpCondition.SignedGreater => JumpCondition.SignedLess,
        JumpCondition.SignedGreaterOrEqual => JumpCondition.SignedLessOrEqual,
        JumpCondition.SignedLess => JumpCondition.SignedGreater,
        JumpCondition.SignedLessOrEqual => JumpCondition.SignedGreaterOrEqual,
        _ => condition,
    };
}
