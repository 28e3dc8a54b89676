namespace Imker.Machine;

/// <summary>A run was ended by a fault, where no result can tell so.</summary>
public sealed class ProgramFaultException : Exception
{
    internal ProgramFaultException(ProgramFault fault)
        : base(fault.ToString(), fault.Exception) => Fault = fault;

    public ProgramFault Fault { get; }
}
