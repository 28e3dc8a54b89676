using System.Runtime.InteropServices;
using Imker.Compiler.Ir;
using Imker.Compiler.Tests.Ir;
using Imker.Compiler.Tests.Passes;
using Imker.Linux;
using Imker.Objects;

namespace Imker.Compiler.Tests.Backend;

/// <summary>Random programs give in the running kernel what the evaluation of their IR gives.</summary>
public sealed class KernelPropertyTests
{
    private const int ContextWords = 12;

    [Theory]
    [InlineData(10, 150)]
    [InlineData(40, 150)]
    [InlineData(120, 50)]
    public void Code_computes_what_the_IR_says(int size, int programs) => Check(size, programs, TestTarget.Running, optimize: false);

    [Theory]
    [InlineData(40, 100)]
    [InlineData(120, 30)]
    public void Optimized_code_computes_what_the_IR_says(int size, int programs) => Check(size, programs, TestTarget.Running, optimize: true);

    [Theory]
    [InlineData(40, 100)]
    [InlineData(120, 30)]
    public void Code_for_older_kernels_computes_what_the_IR_says(int size, int programs) => Check(
        size, programs, new TestTarget(KernelFeature.InstructionSetV4, KernelFeature.FetchingAtomics, KernelFeature.Jump32), optimize: false);

    private static void Check(int size, int programs, TestTarget target, bool optimize)
    {
        bool atomics = target.Has(KernelFeature.FetchingAtomics);
        for (int seed = 1; seed <= programs; seed++)
        {
            BpfObject compiled = BpfCompiler.Compile(
                RandomExpression.Make(seed, size, atomics), target, new CompilerOptions { Optimize = optimize });
            using LoadedObject loaded = ObjectLoader.Load(compiled);
            IrModule module = RandomExpression.Make(seed, size, atomics);
            foreach (long[] context in Contexts(seed))
            {
                (long expected, long actual) = (Evaluate(module.Programs[0].Function, context), Run(loaded, context));
                if (expected != actual)
                    Assert.Fail($"seed {seed}: {actual:x} instead of {expected:x} for {string.Join(' ', context)}\n{IrPrinter.Print(module)}{Listing.Of(compiled)}");
            }
        }
    }

    private static IEnumerable<long[]> Contexts(int seed)
    {
        var random = new Random(seed);
        long[] special = [0, 1, -1, long.MinValue, int.MinValue, 0xffffffff];
        yield return new long[ContextWords];
        for (int i = 0; i < 3; i++)
        {
            long[] words = new long[ContextWords];
            for (int w = 0; w < RandomExpression.Inputs; w++)
                words[w] = random.Next(2) == 0 ? special[random.Next(special.Length)] : random.NextInt64() << random.Next(64);
            yield return words;
        }
    }

    private static long Evaluate(IrFunction function, long[] context)
    {
        var memory = new EvaluatedMemory("context", IrEvaluator.ContextSize);
        memory.Write(0, MemoryMarshal.AsBytes<long>(context));
        return new IrEvaluator(new EvaluatedHelpers(0)).Call(function, [new EvaluatedValue(0, memory)]).Integer;
    }

    private static long Run(LoadedObject loaded, long[] context)
    {
        uint low = RunShifted(loaded, context, 0);
        uint high = RunShifted(loaded, context, 32);
        return (long)((ulong)high << 32 | low);
    }

    private static uint RunShifted(LoadedObject loaded, long[] context, long shift)
    {
        long[] words = [.. context];
        words[RandomExpression.ShiftWord] = shift;
        return loaded.Run("main", MemoryMarshal.AsBytes<long>(words));
    }
}
