using Imker.Compiler.Tests.Ir;
using Imker.Compiler.Tests.Passes;
using Imker.Diagnostics;
using Imker.Linux;
using Imker.Objects;
using Imker.TestKit;

namespace Imker.Compiler.Tests.Backend;

/// <summary>The running kernel's verifier accepts what random functions with maps, null checks and frame memory become.</summary>
public sealed class KernelLoadTests
{
    [Theory]
    [InlineData(20, 60, true)]
    [InlineData(20, 60, false)]
    [InlineData(80, 25, true)]
    public void The_verifier_accepts_the_code(int size, int functions, bool optimize)
    {
        KernelGate.Require(KernelFeature.FetchingAtomics);
        for (int seed = 1; seed <= functions; seed++)
            Load(Compile(seed, size, TestTarget.Running, optimize), seed);
    }

    // Functions that need the old value of an atomic operation cannot be compiled for these.
    [Fact]
    public void The_verifier_accepts_code_for_older_kernels()
    {
        var oldest = new TestTarget(KernelFeature.InstructionSetV4, KernelFeature.FetchingAtomics, KernelFeature.Jump32);
        int loaded = 0;
        for (int seed = 1; loaded < 30; seed++)
        {
            Assert.True(seed < 300, $"only {loaded} of {seed} functions could be compiled");
            try
            {
                Load(Compile(seed, 20, oldest, optimize: true), seed);
                loaded++;
            }
            catch (DiagnosticException e) when (e.Diagnostics.All(d => d.Id == CompilerDiagnosticId.MissingFeature))
            {
            }
        }
    }

    private static BpfObject Compile(int seed, int size, TestTarget target, bool optimize) =>
        BpfCompiler.Compile(RandomModule.Make(seed, size), target, new CompilerOptions { Optimize = optimize });

    private static void Load(BpfObject compiled, int seed)
    {
        try
        {
            using LoadedObject loaded = ObjectLoader.Load(compiled);
            Assert.Equal("main", Assert.Single(loaded.Programs).Key);
        }
        catch (VerifierException e)
        {
            string[] log = e.Log.Split('\n');
            Assert.Fail($"seed {seed}: {string.Join('\n', log.TakeLast(40))}\n{Listing.Of(compiled)}");
        }
    }
}
