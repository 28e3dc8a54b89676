using Imker.Machine.Jit;

namespace Imker.Machine.Tests.Jit;

public sealed unsafe class FirstTests
{
    [Theory]
    [InlineData("r0 = 7\nexit", 7)]
    [InlineData("r0 = 10\nr1 = 3\nr0 %= r1\nexit", 1)]
    [InlineData("r0 = 0\nr1 = 10\nl:\nr0 += r1\nr1 -= 1\nif r1 != 0 goto l\nexit", 55)]
    [InlineData("*(u64 *)(r10 - 8) = 5\nr0 = *(u64 *)(r10 - 8)\nexit", 5)]
    [InlineData("*(u64 *)(r1 + 8) = 5\n*(u64 *)(r1 + 16) = 6\nr0 = *(u64 *)(r1 + 8)\nr2 = *(u64 *)(r1 + 16)\nr0 += r2\nexit", 11)]
    [InlineData("r0 = 100\nr0 /= 7\nexit", 14)]
    [InlineData("r1 = 5\ncall pc+2\nr0 += 1\nexit\nr0 = r1\nr0 *= 3\nexit", 16)]
    public void Runs(string text, ulong expected)
    {
        foreach (JitOptions options in new[] { JitOptions.Verified, JitOptions.Checked, JitOptions.Untrusted })
        {
            var h = new JitHarness();
            var p = JitCompiler.Compile(JitHarness.Program(text), options);
            Assert.Equal(expected, h.Run(p));
            Assert.Equal(FaultKind.None, h.State->Fault);
        }
    }

    [Fact]
    public void Faults()
    {
        var h = new JitHarness();
        var p = JitCompiler.Compile(JitHarness.Program("r3 = 9\nr0 = *(u64 *)(r1 + 0)\nr0 = *(u64 *)(r1 + 249)\nexit"), JitOptions.Checked);
        h.Run(p);
        Assert.Equal(FaultKind.BadAccess, h.State->Fault);
        Assert.Equal(2, h.State->FaultSlot);
        Assert.Equal(9ul, h.State->Registers[3]);
        Assert.Equal(h.State->Registers[1] + 249, h.State->FaultAddress);
    }
}
