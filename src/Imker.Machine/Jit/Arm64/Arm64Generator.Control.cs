using Imker.Bytecode;

namespace Imker.Machine.Jit.Arm64;

internal sealed partial class Arm64Generator
{
    protected override void EmitJump(int index)
    {
        int target = Shape.TargetOf(index);
        if (target <= index)
            EmitJumpBack(index, target);
        else
            BindLater(code.Branch(), target);
    }

    protected override void EmitConditionalJump(int index, in Instruction instruction)
    {
        Arm64Condition condition = EmitComparison(instruction);
        int target = Shape.TargetOf(index);
        if (target > index)
        {
            BindLater(BranchFarIf(condition), target);
            return;
        }
        int next = code.BranchIf((Arm64Condition)((int)condition ^ 1));
        EmitJumpBack(index, target);
        code.Bind(next, code.Position);
    }

    /// <summary>A jump that does not lead forward: it costs the slots that it goes over.</summary>
    private void EmitJumpBack(int index, int target)
    {
        EmitCost(Shape.SlotOf(index) - Shape.SlotOf(target) + 1);
        int exhausted = code.BranchIf(Arm64Condition.Negative);
        code.Branch(PositionOf(target));
        code.Bind(exhausted, code.Position);
        AddFault(code.Branch(), FaultKind.OutOfBudget, index);
    }

    private void EmitCost(int slots)
    {
        code.Move(Scratch, slots);
        code.Alu(Arm64Alu.SubtractFlags, true, Budget, Budget, Scratch);
    }

    protected override void EmitMayGoto(int index)
    {
        // The prologue has left the count on the stack's top.
        code.Load(Arm64Width.DoubleWord, Scratch, Arm64Register.StackPointer, 0);
        int usedUp = code.BranchIfZero(true, Scratch);
        code.AddConstant(true, Scratch, Scratch, -1);
        code.Store(Arm64Width.DoubleWord, Scratch, Arm64Register.StackPointer, 0);
        int goesOn = code.Branch();
        code.Bind(usedUp, code.Position);
        EmitJump(index);
        code.Bind(goesOn, code.Position);
    }

    /// <summary>Sets the flags as a conditional jump compares; returns what to ask of them.</summary>
    private Arm64Condition EmitComparison(in Instruction instruction)
    {
        bool wide = instruction.Class == InstructionClass.Jmp;
        Arm64Register left = Of(instruction.Dst);
        if (instruction.Condition == JumpCondition.BitsSet)
        {
            code.Alu(Arm64Alu.AndFlags, wide, Arm64Register.Zero, left, SourceOf(instruction, wide));
            return Arm64Condition.NotEqual;
        }
        bool isConstant = !instruction.UsesSourceRegister && !Options.BlindsConstants;
        if (!isConstant || !code.TryCompare(wide, left, instruction.Constant))
            code.Compare(wide, left, SourceOf(instruction, wide));
        return instruction.Condition switch
        {
            JumpCondition.Equal => Arm64Condition.Equal,
            JumpCondition.NotEqual => Arm64Condition.NotEqual,
            JumpCondition.Greater => Arm64Condition.UnsignedGreater,
            JumpCondition.GreaterOrEqual => Arm64Condition.UnsignedGreaterOrEqual,
            JumpCondition.Less => Arm64Condition.UnsignedLess,
            JumpCondition.LessOrEqual => Arm64Condition.UnsignedLessOrEqual,
            JumpCondition.SignedGreater => Arm64Condition.SignedGreater,
            JumpCondition.SignedGreaterOrEqual => Arm64Condition.SignedGreaterOrEqual,
            JumpCondition.SignedLess => Arm64Condition.SignedLess,
            _ => Arm64Condition.SignedLessOrEqual,
        };
    }
}
