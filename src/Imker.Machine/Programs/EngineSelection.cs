using Imker.Machine.Jit;

namespace Imker.Machine;

/// <summary>Which engine runs a program.</summary>
internal static class EngineSelection
{
    /// <summary>Whether this process can generate code.</summary>
    public static bool CanGenerateCode => JitCompiler.IsSupported;

    /// <exception cref="NotSupportedException">The mode asks for generated code, which there is none of here.</exception>
    public static ProgramEngine Choose(MachineProgram program, ExecutionMode mode)
    {
        if (mode == ExecutionMode.Interpreted || mode == ExecutionMode.Automatic && !CanGenerateCode)
            return program.Interpreter;
        if (!CanGenerateCode)
            throw new NotSupportedException($"cannot compile '{program.Name}': there is no code generator for this processor; run it with --interpret");
        if (!program.Machine.Options.TrustsPrograms)
            return JitCompiler.Compile(program.Executable, JitOptions.Untrusted, program.Maps);
        bool isChecked = mode == ExecutionMode.Checked || mode == ExecutionMode.Automatic && !program.Executable.IsVerified;
        return JitCompiler.Compile(program.Executable, isChecked ? JitOptions.Checked : JitOptions.Verified, program.Maps);
    }
}
