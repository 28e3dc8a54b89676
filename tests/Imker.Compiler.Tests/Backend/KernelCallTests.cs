using System.Runtime.InteropServices;
using Imker.Compiler.Ir;
using Imker.Compiler.Tests.Passes;
using Imker.Diagnostics;
using Imker.Linux;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Compiler.Tests.Backend;

public sealed class KernelCallTests
{
    private const int ContextWords = 12;

    [Fact]
    public void The_kernel_takes_the_types_of_functions_and_calls_subprograms_and_callbacks()
    {
        KernelGate.Require(KernelFeature.ForEachMapElement);
        IrModule module = IrParser.Parse(new SourceText("calls", Golden.Read("backend/calls.ir")));
        BpfObject compiled = BpfCompiler.Compile(module, TestTarget.Running);
        using LoadedObject loaded = ObjectLoader.Load(compiled);
        long[] context = new long[ContextWords];
        (context[0], context[1]) = (123456789, 987654321);

        uint result = loaded.Run("main", MemoryMarshal.AsBytes<long>(context));

        static long Rotate(long a, long b, long c, long d) => ((b + c) ^ d) - a;
        long sum = Rotate(context[1], context[0], 5, 0x123456789abcdef0) + Enumerable.Range(0, 10).Sum();
        Assert.Equal((uint)Rotate(sum, 10, context[0], context[1]), result);
    }
}
