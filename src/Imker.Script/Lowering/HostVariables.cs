namespace Imker.Script.Lowering;

/// <summary>Variables in global data that whoever runs a script sets before its first program runs (64 bits each).</summary>
public static class HostVariables
{
    /// <summary>Nanoseconds of the boot clock when the run began; <c>elapsed</c> counts from it.</summary>
    public const string StartTime = "start_time";

    /// <summary>Process id of the child that <c>-c</c> started; 0 without one.</summary>
    public const string ChildPid = "child_pid";
}
