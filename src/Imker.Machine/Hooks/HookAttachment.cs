namespace Imker.Machine;

/// <summary>A program at a hook. Disposing it detaches the program; calls that began before go on with it.</summary>
public sealed class HookAttachment : IDisposable
{
    private readonly Action<HookAttachment> detach;
    private MachineProgram program;
    private ProgramFault? lastFault;
    private long faults;

    internal HookAttachment(MachineProgram program, int order, Action<HookAttachment> detach)
    {
        this.program = program;
        this.detach = detach;
        Order = order;
    }

    /// <summary>The program that calls find from now on.</summary>
    public MachineProgram Program => Volatile.Read(ref program);

    /// <summary>Programs of lower order run first.</summary>
    public int Order { get; }

    /// <summary>Runs that a fault ended.</summary>
    public long Faults => Interlocked.Read(ref faults);

    /// <summary>The last one; null while there was none.</summary>
    public ProgramFault? LastFault => Volatile.Read(ref lastFault);

    public void Dispose() => detach(this);

    internal void Replace(MachineProgram by) => Volatile.Write(ref program, by);

    internal ulong Run(Span<byte> context, Span<byte> packet)
    {
        RunResult result = Program.Run(new MachineRun { Context = context, Packet = packet });
        if (result.Fault is not { } fault)
            return result.ReturnValue;
        Interlocked.Increment(ref faults);
        Volatile.Write(ref lastFault, fault);
        return 0;
    }
}
