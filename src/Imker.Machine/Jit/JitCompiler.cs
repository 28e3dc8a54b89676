using System.Runtime.InteropServices;
using Imker.Machine.Jit.Memory;
using Imker.Machine.Jit.X64;

namespace Imker.Machine.Jit;

/// <summary>Generates code for the processor that this process runs on.</summary>
internal static class JitCompiler
{
    private const int FirstCapacity = 64 * 1024;

    [ThreadStatic]
    private static X64Assembler? assembler;

    /// <summary>Whether there is a generator for this processor.</summary>
    public static bool IsSupported => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Makes a program executable.</summary>
    /// <param name="program">Of valid form.</param>
    /// <param name="options">What the code guards against.</param>
    /// <exception cref="OutOfMemoryException">The system gives no executable memory.</exception>
    public static CompiledProgram Compile(ExecutableProgram program, JitOptions options)
    {
        X64Assembler code = assembler ??= new X64Assembler(FirstCapacity);
        code.Clear();
        return new CompiledProgram(program, owner =>
        {
            GeneratedCode generated = new X64Generator(program, options, X64Features.OfThisMachine, code, owner).Generate();
            return (generated, ExecutableMemory.Create(code.Written));
        });
    }
}
