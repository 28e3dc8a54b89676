namespace Imker.Compiler.Ir;

/// <summary>The last instruction of a block: where it goes on.</summary>
public abstract class TerminatorInstruction(IReadOnlyList<IrBlock> targets, params IrValue[] operands)
    : IrInstruction(IrType.Void, operands)
{
    public IReadOnlyList<IrBlock> Targets { get; } = targets;

    public override bool IsTerminator => true;

    public override IrEffects Effects => IrEffects.Other;

    /// <summary>The same end with other targets, as many as it has.</summary>
    internal abstract TerminatorInstruction WithTargets(IReadOnlyList<IrBlock> targets);
}

public sealed class JumpInstruction(IrBlock target) : TerminatorInstruction([target])
{
    public IrBlock Target => Targets[0];

    internal override TerminatorInstruction WithTargets(IReadOnlyList<IrBlock> targets) =>
        new JumpInstruction(targets[0]) { Span = Span };
}

/// <summary>Goes to the first target when the condition is 1, else to the second.</summary>
public sealed class BranchInstruction(IrValue condition, IrBlock ifTrue, IrBlock ifFalse)
    : TerminatorInstruction([ifTrue, ifFalse], condition)
{
    public IrValue Condition => Operands[0];

    public IrBlock IfTrue => Targets[0];

    public IrBlock IfFalse => Targets[1];

    /// <summary>What the front end knows of the way usually taken; decides the layout.</summary>
    public BranchHint Hint { get; init; }

    internal override TerminatorInstruction WithTargets(IReadOnlyList<IrBlock> targets) =>
        new BranchInstruction(Condition, targets[0], targets[1]) { Hint = Hint, Span = Span };
}

public enum BranchHint
{
    None,

    /// <summary>The second target is an error path: laid out at the end.</summary>
    LikelyTrue,

    /// <summary>The first target is an error path.</summary>
    LikelyFalse,
}

/// <summary>
/// Goes round a loop as long as the kernel's budget lasts (<c>may_goto</c>, Linux 6.9), then to the exit: stands at the head
/// of loops whose end the verifier cannot see.
/// </summary>
public sealed class MayGotoInstruction(IrBlock body, IrBlock exit) : TerminatorInstruction([body, exit])
{
    public IrBlock Body => Targets[0];

    public IrBlock Exit => Targets[1];

    internal override TerminatorInstruction WithTargets(IReadOnlyList<IrBlock> targets) =>
        new MayGotoInstruction(targets[0], targets[1]) { Span = Span };
}

/// <summary>Ends the function.</summary>
public sealed class ReturnInstruction(IrValue value) : TerminatorInstruction([], value)
{
    public IrValue Value => Operands[0];

    internal override TerminatorInstruction WithTargets(IReadOnlyList<IrBlock> targets) => this;
}
