using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Imker.Machine.Jit.Arm64;
using Imker.Machine.Jit.Memory;
using Imker.Machine.Jit.X64;

namespace Imker.Machine.Jit;

/// <summary>Generates code for the processor that this process runs on.</summary>
internal static class JitCompiler
{
    private const int FirstCapacity = 64 * 1024;

    // Beside the run of longer programs it is little to have a state.
    private const int LongestFunction = 4096;

    // Kept for the next program of the thread: memory that was touched already costs nothing.
    [ThreadStatic]
    private static CodeBuffer? buffer;

    /// <summary>Whether there is a generator for this processor.</summary>
    public static bool IsSupported => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <summary>Makes a program executable.</summary>
    /// <param name="program">Of valid form.</param>
    /// <param name="options">What the code guards against.</param>
    /// <param name="maps">The maps that its handles stand for; whoever runs the code keeps them alive.</param>
    /// <exception cref="OutOfMemoryException">The system gives no executable memory.</exception>
    public static CompiledProgram Compile(ExecutableProgram program, JitOptions options, ImmutableArray<MachineMap> maps)
    {
        return new CompiledProgram(program, owner => Generate(new JitSource(program, options, maps, owner)))
        {
            IsChecked = options.IsChecked,
            Function = options.IsChecked ? null : TryCompileFunction(program),
        };
    }

    /// <summary>Makes a function of the C convention of a program; null when it needs more than arguments, or the system's convention is another.</summary>
    /// <param name="program">Of valid form, and verified.</param>
    /// <exception cref="OutOfMemoryException">The system gives no executable memory.</exception>
    public static CompiledFunction? TryCompileFunction(ExecutableProgram program) =>
        IsSupported && !OperatingSystem.IsWindows() && program.Code.Instructions.Length <= LongestFunction && new ProgramShape(program, []).IsFunction
            ? new CompiledFunction(Generate(new JitSource(program, JitOptions.Function, [], 0)).Memory) : null;

    private static (GeneratedCode Code, ExecutableMemory Memory) Generate(JitSource source)
    {
        CodeBuffer code = buffer ??= MakeBuffer();
        code.Clear();
        CodeGenerator generator = code is X64Assembler x64
            ? new X64Generator(source, X64Features.OfThisMachine, x64)
            : new Arm64Generator(source, Arm64Features.OfThisMachine, (Arm64Assembler)code);
        GeneratedCode generated = generator.Generate();
        return (generated, ExecutableMemory.Create(code.Written));
    }

    private static CodeBuffer MakeBuffer() => RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? new X64Assembler(FirstCapacity)
        : new Arm64Assembler(FirstCapacity);
}
