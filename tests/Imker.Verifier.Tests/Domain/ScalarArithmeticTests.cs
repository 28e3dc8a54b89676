using Imker.Bytecode;
using Imker.Verifier.Domain;
using Arithmetic = Imker.Verifier.Domain.ScalarArithmetic<Imker.Verifier.Tests.Domain.Width8>;

namespace Imker.Verifier.Tests.Domain;

/// <summary>
/// The arithmetic is proven on registers of eight bits: whatever two numbers of two sets give is in the set that the operator makes of
/// them, for every pair of values.
/// </summary>
public sealed class ScalarArithmeticTests
{
    private static readonly AluOperation[] Operations =
    [
        AluOperation.Add, AluOperation.Sub, AluOperation.Mul, AluOperation.Div, AluOperation.Mod, AluOperation.And, AluOperation.Or, AluOperation.Xor,
        AluOperation.ShiftLeft, AluOperation.ShiftRight, AluOperation.ShiftRightSigned, AluOperation.SignedDiv, AluOperation.SignedMod,
    ];

    private static readonly JumpCondition[] Conditions = Enum.GetValues<JumpCondition>();

    public static TheoryData<AluOperation> AllOperations => [.. Operations];

    public static TheoryData<JumpCondition> AllConditions => [.. Conditions];

    [Theory]
    [MemberData(nameof(AllOperations))]
    public void Every_pair_of_values_gives_itself(AluOperation operation)
    {
        for (int a = 0; a < 256; a++)
        {
            for (int b = 0; b < 256; b++)
            {
                Scalar left = Arithmetic.Constant((ulong)a), right = Arithmetic.Constant((ulong)b);
                if (Concrete.Compute(operation, a, b, 8) is { } whole)
                    Check(Arithmetic.Compute(operation, left, right), whole, operation, a, b);
                if (Concrete.Compute(operation, a & 15, b & 15, 4) is { } low)
                    Check(Arithmetic.ComputeLow(operation, left, right), low, operation, a, b);
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllOperations))]
    public void No_result_of_two_sets_is_missing(AluOperation operation)
    {
        List<Scalar> sets = Numbers.Samples(seed: 1, count: 50);
        foreach (Scalar left in sets)
        {
            List<int> lefts = Numbers.Of(left);
            foreach (Scalar right in sets)
            {
                Scalar whole = Arithmetic.Compute(operation, left, right), low = Arithmetic.ComputeLow(operation, left, right);
                foreach (int b in Numbers.Of(right))
                {
                    foreach (int a in lefts)
                    {
                        if (Concrete.Compute(operation, a, b, 8) is { } result)
                            Check(whole, result, operation, a, b);
                        if (Concrete.Compute(operation, a & 15, b & 15, 4) is { } half)
                            Check(low, half, operation, a, b);
                    }
                }
            }
        }
    }

    [Fact]
    public void Settling_loses_no_number()
    {
        foreach (Scalar set in Numbers.Samples(seed: 2, count: 30_000))
        {
            Scalar settled = set;
            Arithmetic.Settle(ref settled);
            foreach (int n in Numbers.Of(set))
                Assert.True(Numbers.Contains(settled, n), $"{n} of {set.Known} {set.Whole} {set.Low} is not in {settled.Known} {settled.Whole} {settled.Low}");
        }
    }

    [Fact]
    public void Extending_and_truncating_lose_no_number()
    {
        foreach (Scalar set in Numbers.Samples(seed: 3, count: 2_000))
        {
            for (int bits = 1; bits <= 8; bits++)
            {
                Scalar truncated = Arithmetic.Truncate(set, bits), extended = Arithmetic.SignExtend(set, bits);
                foreach (int n in Numbers.Of(set))
                {
                    Assert.True(Numbers.Contains(truncated, n & (1 << bits) - 1), $"{n} truncated to {bits} bits");
                    Assert.True(Numbers.Contains(extended, (int)Widths.SignExtend((ulong)n, bits)), $"{n} extended from {bits} bits: {set.Known} {set.Whole} {set.Low} -> {extended.Known} {extended.Whole} {extended.Low}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllConditions))]
    public void A_branch_is_decided_rightly_and_loses_no_pair(JumpCondition condition)
    {
        List<Scalar> sets = Numbers.Samples(seed: 4, count: 50);
        foreach (Scalar left in sets)
        {
            foreach (Scalar right in sets)
            {
                CheckBranch(condition, left, right, isLow: false);
                CheckBranch(condition, left, right, isLow: true);
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllConditions))]
    public void A_branch_on_two_values_is_decided(JumpCondition condition)
    {
        for (int a = 0; a < 256; a++)
        {
            for (int b = 0; b < 256; b++)
            {
                bool? decided = Arithmetic.Decide(condition, Arithmetic.Constant((ulong)a), Arithmetic.Constant((ulong)b), isLow: false);
                Assert.Equal(Concrete.Holds(condition, a, b, 8), decided);
            }
        }
    }

    private static void CheckBranch(JumpCondition condition, Scalar left, Scalar right, bool isLow)
    {
        bool? decided = Arithmetic.Decide(condition, left, right, isLow);
        Scalar leftHeld = left, rightHeld = right, leftNot = left, rightNot = right;
        Arithmetic.Refine(condition, held: true, ref leftHeld, ref rightHeld, isLow);
        Arithmetic.Refine(condition, held: false, ref leftNot, ref rightNot, isLow);
        foreach (int a in Numbers.Of(left))
        {
            foreach (int b in Numbers.Of(right))
            {
                bool holds = Concrete.Holds(condition, isLow ? a & 15 : a, isLow ? b & 15 : b, isLow ? 4 : 8);
                if (decided is not null && decided != holds)
                    Assert.Fail($"{a} {condition} {b} is decided as {decided}");
                bool isKept = holds
                    ? Numbers.Contains(leftHeld, a) && Numbers.Contains(rightHeld, b)
                    : Numbers.Contains(leftNot, a) && Numbers.Contains(rightNot, b);
                if (!isKept)
                    Assert.Fail($"{a} {condition} {b} (low: {isLow}) is lost");
            }
        }
    }

    private static void Check(in Scalar set, int result, AluOperation operation, int a, int b)
    {
        if (!Numbers.Contains(set, result))
            Assert.Fail($"{a} {operation} {b} = {result} is not in {set.Known} {set.Whole} {set.Low}");
    }
}
