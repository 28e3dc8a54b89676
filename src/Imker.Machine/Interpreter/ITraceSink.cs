namespace Imker.Machine;

/// <summary>Whether the interpreter tells of each step. A type for each answer, so that the loop that tells nothing asks nothing.</summary>
internal unsafe interface ITraceSink
{
    static abstract bool IsEnabled { get; }

    static abstract void OnStep(ExecutionState* state, Step* step, Step* steps);
}

/// <summary>Tells nothing.</summary>
internal readonly unsafe struct NoTrace : ITraceSink
{
    public static bool IsEnabled => false;

    public static void OnStep(ExecutionState* state, Step* step, Step* steps)
    {
    }
}

/// <summary>Tells the processor's observer.</summary>
internal readonly unsafe struct StepTrace : ITraceSink
{
    public static bool IsEnabled => true;

    public static void OnStep(ExecutionState* state, Step* step, Step* steps) =>
        Interpreter.Tell(state, steps, (int)(step - steps));
}
