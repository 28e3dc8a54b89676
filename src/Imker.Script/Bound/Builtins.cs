namespace Imker.Script.Bound;

/// <summary>Values read without arguments that are more than a constant.</summary>
public enum BuiltinVariable
{
    /// <summary>Process id, 32-bit unsigned, in the tracer's pid namespace.</summary>
    Pid,
    Tid,

    /// <summary>64-bit unsigned.</summary>
    Uid,
    Gid,

    /// <summary><c>string[16]</c></summary>
    Comm,

    /// <summary>Nanoseconds of the boot clock.</summary>
    Nsecs,
    NsecsMonotonic,
    NsecsTai,
    Elapsed,
    Cpu,
    Rand,

    /// <summary>The <c>task_struct</c> pointer.</summary>
    CurrentTask,
    Cgroup,
    ChildPid,
    Jiffies,
    NumaNode,

    /// <summary>The traced function: a <see cref="Types.UserSymbolType"/> of the probed address, or a name where it is known.</summary>
    Function,

    /// <summary>The name of the attach point.</summary>
    Probe,

    /// <summary>A function argument of a user probe, or a raw argument of a raw tracepoint.</summary>
    Argument,
    ReturnValue,

    /// <summary>The address of the context.</summary>
    Context,
    UserName,
    ParentPid,
}

/// <summary>Functions that become code. Those that are constants at compile time (<c>kaddr</c>, <c>sizeof</c>, …) are folded by the binder.</summary>
public enum BuiltinFunction
{
    /// <summary>(pointer or integer, capacity constant) → string.</summary>
    Str,

    /// <summary>(pointer, array or integer, length: 64-bit) → buffer; the type has the capacity.</summary>
    Buf,

    /// <summary>(integer) → kernel symbol.</summary>
    KernelSymbol,
    UserSymbol,

    /// <summary>() → stack; the type has mode and depth.</summary>
    KernelStack,
    UserStack,

    /// <summary>(family: integer, address: integer, or array/pointer of 4 or 16 bytes) → internet address.</summary>
    Ntop,

    /// <summary>(integer) → timestamp; the type has the format.</summary>
    Strftime,

    /// <summary>(text format, values…).</summary>
    Printf,
    Errorf,
    Warnf,
    System,
    Cat,

    /// <summary>(text format).</summary>
    Time,

    /// <summary>(pointer to pointers, text separator).</summary>
    Join,

    /// <summary>(map, integer top, integer divisor) or (value).</summary>
    PrintMap,
    PrintValue,
    Clear,
    Zero,

    /// <summary>(map element) → boolean: was there.</summary>
    Delete,

    /// <summary>(map element) → boolean.</summary>
    HasKey,

    /// <summary>(map) → number of entries.</summary>
    Len,

    /// <summary>(code: integer).</summary>
    Exit,

    /// <summary>(string, string, length constant) → 0 when equal so far, else 1.</summary>
    Strncmp,

    /// <summary>(string) → length.</summary>
    Strlen,

    /// <summary>(integer) → bytes reversed.</summary>
    ByteSwap,

    /// <summary>(pointer or array) → hardware address.</summary>
    MacAddress,

    /// <summary>(signal number).</summary>
    Signal,

    /// <summary>(index constant of a register in the saved registers).</summary>
    Register,
}
