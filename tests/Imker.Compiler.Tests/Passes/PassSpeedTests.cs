using System.Globalization;
using Imker.Bytecode;
using Imker.Compiler.Ir;
using Imker.Compiler.Passes;

namespace Imker.Compiler.Tests.Passes;

public sealed class PassSpeedTests
{
    private const int Small = 500;
    private const int Factor = 8;

    // A pass that takes the square of the length takes 64 times as long. Time on the processor: the machine may be busy.
    [Fact]
    public void Passes_take_time_in_proportion_to_the_length_of_the_function()
    {
        Measure(Small);
        long small = Enumerable.Range(0, 3).Min(_ => Measure(Small)), large = Enumerable.Range(0, 3).Min(_ => Measure(Small * Factor));
        Assert.True(large < small * Factor * 4, $"{Small} statements take {small} ns, {Small * Factor} take {large} ns");
    }

    private static long Measure(int statements)
    {
        IrModule module = PassCase.ModuleOf(Script(statements));
        long start = ThreadNanoseconds();
        PassPipeline.Run(new PassContext(module, new TestTarget()));
        return ThreadNanoseconds() - start;
    }

    // Documentation/scheduler/sched-stats.rst: the first number is the time that the thread has run.
    private static long ThreadNanoseconds() => long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture);

    // As a script of many lines `@[pid, n] = nsecs` becomes one: a key, an update, a loss that is counted when it fails.
    private static IrFunction Script(int statements)
    {
        var context = new IrParameter(IrType.Pointer(Provenance.Context), "ctx", 0);
        var builder = new IrBuilder(new IrFunction("main", IrType.I64, context) { ProgramType = ProgramType.Kprobe });
        builder.StartBlock(builder.NewBlock("entry"));
        for (int i = 0; i < statements; i++)
        {
            IrValue key = builder.StackAllocate(16, 8, "key"), value = builder.StackAllocate(8, 8, "value");
            builder.Zero(key, 0, 16);
            builder.Store(key, 0, builder.ShiftRight(builder.Call(HelperId.GetCurrentPidTgid, IrType.I64), 32));
            builder.Store(key, 8, builder.Int64(i));
            builder.Store(value, 0, builder.Call(HelperId.KtimeGetNs, IrType.I64));
            IrValue result = builder.Call(HelperId.MapUpdateElem, IrType.I64, builder.MapAddress("@"), key, value, builder.Int64(0));
            IrBlock failed = builder.NewBlock("failed"), next = builder.NewBlock("next");
            builder.Branch(builder.Compare(CompareOperator.NotEqual, result, 0), failed, next, BranchHint.LikelyFalse);
            builder.StartBlock(failed);
            builder.Atomic(AtomicOperator.Add, builder.GlobalAddress(IrModule.LossMap, 0), 0, builder.Int64(1));
            builder.Jump(next);
            builder.StartBlock(next);
        }
        builder.Return(builder.Int64(0));
        return builder.Function;
    }
}
