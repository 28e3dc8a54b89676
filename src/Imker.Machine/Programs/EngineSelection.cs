namespace Imker.Machine;

/// <summary>Which engine runs a program.</summary>
internal static class EngineSelection
{
    /// <summary>Whether this process can generate code.</summary>
    public static bool CanGenerateCode => false;

    /// <exception cref="NotSupportedException">The mode asks for generated code, which there is none of here.</exception>
    public static ProgramEngine Choose(ExecutableProgram program, ExecutionMode mode, Interpreter interpreter) => mode switch
    {
        ExecutionMode.Automatic or ExecutionMode.Interpreted => interpreter,
        _ => throw new NotSupportedException($"cannot compile '{program.Name}': there is no code generator for this processor; run it with --interpret"),
    };
}
