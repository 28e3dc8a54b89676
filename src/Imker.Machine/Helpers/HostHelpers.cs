using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Imker.Machine;

/// <summary>How programs come to the helpers of the host: one entry for all, told apart by <see cref="ExecutionState.HelperNumber"/>.</summary>
internal static unsafe class HostHelpers
{
    public static MachineHelper EntryOf(HostHelper helper) => new(helper.Number, &Call, &CallNative, needsNumber: true);

    private static ulong Call(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state)
    {
        Processor processor = Processor.Of(state);
        Span<ulong> arguments = [r1, r2, r3, r4, r5];
        HostHelper helper = processor.Program.Machine.HostHelper(state->HelperNumber);
        if (!TryCheck(helper, arguments, processor))
            return 0;
        try
        {
            return helper.Body(new HelperCall(state, arguments[..helper.Arguments.Length]));
        }
        catch (Exception e)
        {
            processor.HelperException = e;
            state->Fault = FaultKind.HelperFailed;
            return 0;
        }
    }

    private static bool TryCheck(HostHelper helper, ReadOnlySpan<ulong> arguments, Processor processor)
    {
        for (int i = 0; i < helper.Arguments.Length; i++)
        {
            bool isAllowed = helper.Arguments[i] switch
            {
                HostArgument.Input => processor.TryRead(arguments[i], arguments[i + 1], out _),
                HostArgument.Output => processor.TryWrite(arguments[i], arguments[i + 1], out _),
                HostArgument.Context => processor.IsContext(arguments[i]),
                _ => true,
            };
            if (!isAllowed)
                return false;
        }
        return true;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static ulong CallNative(ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ExecutionState* state) => Call(r1, r2, r3, r4, r5, state);
}
