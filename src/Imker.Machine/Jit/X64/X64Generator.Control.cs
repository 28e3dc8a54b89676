using Imker.Bytecode;

namespace Imker.Machine.Jit.X64;

internal sealed partial class X64Generator
{
    protected override void EmitJump(int index)
    {
        int target = Shape.TargetOf(index);
        if (target <= index)
            EmitJumpBack(index, target);
        else if (target != index + 1 || IsCareful)
            BindLater(code.JumpForward(), target);
    }

    protected override void EmitConditionalJump(int index, in Instruction instruction)
    {
        X64Condition condition = EmitComparison(index, instruction);
        EmitJumpIf(condition, index);
    }

    private void EmitJumpIf(X64Condition condition, int index)
    {
        int target = Shape.TargetOf(index);
        if (target > index)
        {
            BindLater(code.JumpIfForward(condition), target);
            return;
        }
        int next = code.JumpIfShort(Inverse(condition));
        EmitJumpBack(index, target);
        code.BindShort(next);
    }

    /// <summary>A jump that does not lead forward: it costs the slots that it goes over.</summary>
    private void EmitJumpBack(int index, int target)
    {
        code.Alu(X64Alu.Sub, true, Budget, Shape.SlotOf(index) - Shape.SlotOf(target) + 1);
        code.JumpIf(X64Condition.NotSign, PositionOf(target));
        AddFault(code.JumpForward(), FaultKind.OutOfBudget, index);
    }

    protected override void EmitMayGoto(int index)
    {
        // The prologue has left the count on the stack's top.
        var left = new X64Address(X64Register.Rsp, 0);
        code.Alu(X64Alu.Sub, true, left, 1);
        int goesOn = code.JumpIfShort(X64Condition.AboveOrEqual);
        code.Alu(X64Alu.Add, true, left, 1);
        int target = Shape.TargetOf(index);
        if (target <= index)
            EmitJumpBack(index, target);
        else
            BindLater(code.JumpForward(), target);
        code.BindShort(goesOn);
    }

    /// <summary>Sets the flags as a conditional jump compares; returns what to ask of them.</summary>
    private X64Condition EmitComparison(int index, in Instruction instruction)
    {
        bool wide = instruction.Class == InstructionClass.Jmp;
        X64Register left = Of(instruction.Dst);
        int constant = (int)instruction.Constant;
        if (instruction.Condition == JumpCondition.BitsSet)
        {
            if (instruction.UsesSourceRegister)
                code.Test(wide, left, Of(instruction.Src));
            else
                EmitTest(wide, left, constant);
            return X64Condition.NotEqual;
        }
        X64Condition condition = ConditionOf(instruction.Condition);
        if (instruction.UsesSourceRegister)
            code.Alu(X64Alu.Cmp, wide, left, Of(instruction.Src));
        else if (constant == 0 && condition is X64Condition.Equal or X64Condition.NotEqual)
            EmitTestOfZero(index, wide, left);
        else if (constant == 0)
            code.Test(wide, left, left);
        else
            EmitAluConstant(X64Alu.Cmp, wide, left, constant);
        return condition;
    }

    private void EmitTest(bool wide, X64Register left, int bits)
    {
        if (Options.BlindsConstants)
        {
            EmitConstant(Scratch, bits);
            code.Test(wide, left, Scratch);
        }
        else
        {
            code.Test(wide && bits < 0, left, bits);
        }
    }

    // The arithmetic just before has set the flag already, if it was as wide.
    private void EmitTestOfZero(int index, bool wide, X64Register left)
    {
        bool isKnown = zeroFlagAfter == index - 1 && index > 0 && !Shape.IsLeader(index) && Of(Shape.Instructions[index - 1].Dst) == left
            && wide == (Shape.Instructions[index - 1].Class == InstructionClass.Alu64);
        if (!isKnown)
            code.Test(wide, left, left);
    }

    private static X64Condition ConditionOf(JumpCondition condition) => condition switch
    {
        JumpCondition.Equal => X64Condition.Equal,
        JumpCondition.NotEqual => X64Condition.NotEqual,
        JumpCondition.Greater => X64Condition.Above,
        JumpCondition.GreaterOrEqual => X64Condition.AboveOrEqual,
        JumpCondition.Less => X64Condition.Below,
        JumpCondition.LessOrEqual => X64Condition.BelowOrEqual,
        JumpCondition.SignedGreater => X64Condition.Greater,
        JumpCondition.SignedGreaterOrEqual => X64Condition.GreaterOrEqual,
        JumpCondition.SignedLess => X64Condition.Less,
        _ => X64Condition.LessOrEqual,
    };

    private static X64Condition Inverse(X64Condition condition) => (X64Condition)((int)condition ^ 1);
}
