using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Imker.Bytecode;

namespace Imker.Machine.Jit;

/// <summary>What generated code calls besides helpers. Each has a helper's signature.</summary>
internal static unsafe class CallsOut
{
    /// <summary>
    /// For a call through a register: the native entry of the helper whose number R1 holds, for the program whose handle R2 is; null, with
    /// the fault noted, when there is none.
    /// </summary>
    public static delegate* unmanaged[Cdecl]<ulong, ulong, ulong, ulong, ulong, ExecutionState*, ulong> FindHelper => &FindHelperNative;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong FindHelperNative(ulong number, ulong owner, ulong r3, ulong r4, ulong r5, ExecutionState* state)
    {
        ExecutableProgram program = ((CompiledProgram)GCHandle.FromIntPtr((nint)owner).Target!).Program;
        if (program.FindHelper((long)number) is { } helper && helper.Number != (int)HelperId.TailCall)
        {
            state->HelperNumber = helper.Number;
            return (ulong)helper.Native;
        }
        state->Fault = FaultKind.BadCall;
        state->FaultAddress = number;
        state->FaultSize = 0;
        return 0;
    }
}
