using CsCheck;
using Imker.Compiler.Ir;
using Imker.Compiler.Passes;
using Imker.Compiler.Tests.Ir;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Compiler.Tests.Passes;

public sealed class ScratchPassTests
{
    // The run of this seed is on CPU 1 of two.
    private const int Seed = 1;
    private const int Slots = 4;

    [Fact]
    public void What_is_moved_is_found_in_an_added_map_of_one_slot_a_place_and_CPU()
    {
        IrModule module = Moved(new TestTarget { PossibleCpus = 3 });

        MapSpec map = Assert.Single(module.AddedMaps);
        Assert.Equal(("scratch", 1u), (map.Name, map.MaxEntries));
        int slot = SlotSize(map, cpus: 4);
        Assert.True(slot >= 8 + 1048 && slot % 64 == 0, $"a slot has {slot} bytes");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_program_that_finds_the_first_slots_taken_uses_the_next(int taken)
    {
        IrModule module = Moved(new TestTarget());
        var helpers = new EvaluatedHelpers(Seed);
        EvaluatedMemory scratch = TakeSlots(module, helpers, taken);

        Evaluation evaluation = IrEvaluator.Run(module.Programs[0].Function, Seed, helpers);

        Assert.Contains(evaluation.Observations, o => o.StartsWith("bpf_ringbuf_output 07", StringComparison.Ordinal));
        Assert.Equal(taken, TakenSlots(module, scratch));
        Assert.Equal(0, helpers.Section(IrModule.LossMap).Load(0, 8).Integer);
    }

    [Fact]
    public void A_program_that_finds_all_slots_taken_counts_a_loss_and_ends()
    {
        IrModule module = Moved(new TestTarget());
        var helpers = new EvaluatedHelpers(Seed);
        EvaluatedMemory scratch = TakeSlots(module, helpers, Slots);

        Evaluation evaluation = IrEvaluator.Run(module.Programs[0].Function, Seed, helpers);

        Assert.Equal(0, evaluation.Result);
        Assert.DoesNotContain(evaluation.Observations, o => o.StartsWith("bpf_ringbuf_output", StringComparison.Ordinal));
        Assert.Equal(new LossCounter("main", "uprobe:libc:getaddrinfo", LossCause.ScratchTaken, ""), Assert.Single(module.Losses));
        Assert.Equal(1, helpers.Section(IrModule.LossMap).Load(0, 8).Integer);
        Assert.Equal(Slots, TakenSlots(module, scratch));
    }

    [Fact]
    public void Without_fetching_atomics_flags_are_loaded_and_stored()
    {
        IrModule module = Moved(new TestTarget(KernelFeature.FetchingAtomics));
        Assert.DoesNotContain("atomic exchange", IrPrinter.Print(module), StringComparison.Ordinal);
        var helpers = new EvaluatedHelpers(Seed);
        EvaluatedMemory scratch = TakeSlots(module, helpers, 1);

        Evaluation evaluation = IrEvaluator.Run(module.Programs[0].Function, Seed, helpers);

        Assert.Contains(evaluation.Observations, o => o.StartsWith("bpf_ringbuf_output 07", StringComparison.Ordinal));
        Assert.Equal(1, TakenSlots(module, scratch));
    }

    [Fact]
    public void Every_slot_that_is_taken_is_given_back() => Gen.Int.Sample(seed =>
    {
        IrModule module = PassCase.ModuleOf(RandomFunction.Make(seed, 60));
        IrFunction function = module.Programs[0].Function;
        var context = new PassContext(module, new TestTarget());
        ScratchPass.Run(function, context);
        if (module.AddedMaps.Count == 0)
            return;
        var helpers = new EvaluatedHelpers(seed);

        IrEvaluator.Run(function, seed, helpers);

        Assert.Equal(0, TakenSlots(module, helpers.Section("scratch")));
        Assert.Equal(0, helpers.Section(IrModule.LossMap).Load(0, 8).Integer);
    }, iter: 500);

    [Fact]
    public void Frames_of_a_chain_of_calls_fit_on_the_stack_together()
    {
        IrModule module = PassCase.Parse(Golden.Read("passes/move-large-values-to-scratch/shared-by-a-chain-of-calls.before.ir"));
        var context = new PassContext(module, new TestTarget());
        IrFunction[] chain = [module.Programs[0].Function, module.Functions[0]];

        foreach (IrFunction function in chain)
            ScratchPass.Run(function, context);

        Assert.True(chain.Sum(f => StackBudget.Charge(FrameBudget.AllocatedBy(f) + StackBudget.Reserve)) <= StackBudget.Total);
    }

    private static IrModule Moved(TestTarget target)
    {
        IrModule module = PassCase.Parse(Golden.Read("passes/move-large-values-to-scratch/string-behind-a-filter.before.ir"));
        Assert.True(ScratchPass.Run(module.Programs[0].Function, new PassContext(module, target)));
        Assert.Empty(IrVerifier.Check(module.Programs[0].Function));
        return module;
    }

    private static int SlotSize(MapSpec map, int cpus) => (map.ValueSize - 64) / (cpus * Slots);

    private static int SlotOf(IrModule module, int number) => 64 + number * SlotSize(module.AddedMaps[0], 2);

    private static EvaluatedMemory TakeSlots(IrModule module, EvaluatedHelpers helpers, int count)
    {
        EvaluatedMemory scratch = helpers.Section("scratch");
        for (int i = 0; i < count; i++)
            scratch.Store(SlotOf(module, 2 * i + 1), 8, new EvaluatedValue(1));
        return scratch;
    }

    private static int TakenSlots(IrModule module, EvaluatedMemory scratch) =>
        Enumerable.Range(0, 2 * Slots).Count(i => scratch.Load(SlotOf(module, i), 8).Integer != 0);
}
