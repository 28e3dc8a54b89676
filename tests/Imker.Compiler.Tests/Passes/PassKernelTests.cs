using Imker.Compiler.Ir;
using Imker.Compiler.Passes;
using Imker.Compiler.Tests.Backend;
using Imker.Compiler.Tests.Ir;
using Imker.Linux;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Compiler.Tests.Passes;

/// <summary>
/// The running kernel's verifier takes what each pass leaves behind, and not just what all of them do: no pass may rely on a later
/// one to make code that is acceptable again.
/// </summary>
public sealed class PassKernelTests
{
    public static IEnumerable<TheoryDataRow<int, string>> Prefixes() =>
        PassPipeline.Passes.Select((pass, index) => new TheoryDataRow<int, string>(index + 1, pass.Name));

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void The_verifier_accepts_what_the_passes_up_to_one_leave(int count, string last)
    {
        KernelGate.Require(KernelFeature.FetchingAtomics);
        for (int seed = 1; seed <= 8; seed++)
        {
            IrModule module = RandomModule.Make(seed, 40);
            var context = new PassContext(module, TestTarget.Running);
            foreach (Pass pass in PassPipeline.Passes.Take(count))
                pass.Run(module.Programs[0].Function, context);
            Load(BpfCompiler.Compile(module, context.Target, new CompilerOptions { Optimize = false }), $"seed {seed}, {last}");
        }
    }

    [Fact]
    public void The_verifier_accepts_scratch_memory_without_fetching_atomics()
    {
        KernelGate.Require(KernelFeature.FetchingAtomics);
        int moved = 0;
        for (int seed = 1; seed <= 60; seed++)
        {
            IrModule module = RandomModule.Make(seed, 40);
            PassPipeline.Run(new PassContext(module, new TestTarget(KernelFeature.FetchingAtomics)));
            // The functions use fetching atomics themselves, so the code is for a target that has them.
            BpfObject compiled = BpfCompiler.Compile(module, TestTarget.Running, new CompilerOptions { Optimize = false });
            moved += compiled.FindMap("scratch") is null ? 0 : 1;
            Load(compiled, $"seed {seed}");
        }
        Assert.True(moved > 5, $"only {moved} functions were too large for the stack");
    }

    private static void Load(BpfObject compiled, string what)
    {
        try
        {
            using LoadedObject loaded = ObjectLoader.Load(compiled);
            Assert.Single(loaded.Programs);
        }
        catch (VerifierException e)
        {
            Assert.Fail($"{what}: {string.Join('\n', e.Log.Split('\n').TakeLast(40))}\n{Listing.Of(compiled)}");
        }
    }
}
