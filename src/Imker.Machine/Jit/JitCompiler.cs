using System.Runtime.InteropServices;
using Imker.Machine.Jit.Arm64;
using Imker.Machine.Jit.Memory;
using Imker.Machine.Jit.X64;

namespace Imker.Machine.Jit;

/// <summary>Generates code for the processor that this process runs on.</summary>
internal static class JitCompiler
{
    private const int FirstCapacity = 64 * 1024;

    // Kept for the next program of the thread: memory that was touched already costs nothing.
    [ThreadStatic]
    private static CodeBuffer? buffer;

    /// <summary>Whether there is a generator for this processor.</summary>
    public static bool IsSupported => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>Makes a program executable.</summary>
    /// <param name="program">Of valid form.</param>
    /// <param name="options">What the code guards against.</param>
    /// <exception cref="OutOfMemoryException">The system gives no executable memory.</exception>
    public static CompiledProgram Compile(ExecutableProgram program, JitOptions options)
    {
        CodeBuffer code = buffer ??= MakeBuffer();
        code.Clear();
        return new CompiledProgram(program, owner =>
        {
            CodeGenerator generator = code is X64Assembler x64
                ? new X64Generator(program, options, X64Features.OfThisMachine, x64, owner)
                : new Arm64Generator(program, options, Arm64Features.OfThisMachine, (Arm64Assembler)code, owner);
            GeneratedCode generated = generator.Generate();
            return (generated, ExecutableMemory.Create(code.Written));
        });
    }

    private static CodeBuffer MakeBuffer() => RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? new X64Assembler(FirstCapacity)
        : new Arm64Assembler(FirstCapacity);
}
