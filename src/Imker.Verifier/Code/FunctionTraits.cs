using Imker.Bytecode;
using Imker.Verifier.Tables;

namespace Imker.Verifier.Code;

/// <summary>What calling a function may do, spread over the calls: move packet data, sleep, tail call.</summary>
internal static class FunctionTraits
{
    /// <summary>Fills the functions' traits from their own calls and those of the functions that they call.</summary>
    public static void Spread(ProgramCode code)
    {
        foreach (Subprogram function in code.Functions)
            Find(code, function);
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (Subprogram function in code.Functions)
                changed |= TakeOver(code, function);
        }
    }

    private static void Find(ProgramCode code, Subprogram function)
    {
        for (int slot = function.Start; slot < function.End; slot += code[slot].SlotCount)
        {
            ref readonly Instruction instruction = ref code[slot];
            if (!instruction.IsCall)
                continue;
            if (instruction.CallKind == CallKind.Helper && HelperTable.TryGet(instruction.Constant, out HelperPrototype? helper))
            {
                function.ChangesPacket |= HelperTraits.ChangesPacket(helper.Id);
                function.MaySleep |= helper.MaySleep;
                function.HasTailCall |= helper.Id == HelperId.TailCall;
            }
            else if (code.OperandAt(slot) is KfuncReference kfunc)
            {
                function.ChangesPacket |= kfunc.Name is "bpf_xdp_pull_data";
                function.MaySleep |= KfuncTable.TryGet(kfunc.Name, out Kfunc? known) && known.Has(KfuncFlags.Sleeps);
            }
        }
    }

    private static bool TakeOver(ProgramCode code, Subprogram function)
    {
        (bool, bool, bool) before = (function.ChangesPacket, function.MaySleep, function.HasTailCall);
        for (int slot = function.Start; slot < function.End; slot += code[slot].SlotCount)
        {
            if (code[slot].IsCall && code.OperandAt(slot) is Subprogram called)
            {
                function.ChangesPacket |= called.ChangesPacket;
                function.MaySleep |= called.MaySleep;
                function.HasTailCall |= called.HasTailCall;
            }
        }
        return before != (function.ChangesPacket, function.MaySleep, function.HasTailCall);
    }
}
