using Imker.Bytecode;

namespace Imker.Compiler.Ir;

/// <summary>What the optimizer may know of helpers. A helper that is not named here may do anything.</summary>
public static class HelperEffects
{
    /// <summary>
    /// Helpers whose answer is the same however often one run of a program asks: the task does not change, and a program
    /// does not leave its CPU.
    /// </summary>
    private static bool IsConstantDuringRun(HelperId helper) => helper is
        HelperId.GetCurrentPidTgid or HelperId.GetCurrentUidGid or HelperId.GetCurrentTask or HelperId.GetCurrentTaskBtf
        or HelperId.GetSmpProcessorId or HelperId.GetNumaNodeId or HelperId.GetCurrentCgroupId or HelperId.GetAttachCookie
        or HelperId.GetFuncIp;

    /// <summary>Helpers that only give a value, which may be dropped but not shared.</summary>
    private static bool IsUnshared(HelperId helper) => helper is
        HelperId.KtimeGetNs or HelperId.KtimeGetBootNs or HelperId.KtimeGetTaiNs or HelperId.KtimeGetCoarseNs
        or HelperId.Jiffies64 or HelperId.GetPrandomU32;

    public static IrEffects Of(HelperId helper)
    {
        if (IsConstantDuringRun(helper))
            return IrEffects.None;
        if (IsUnshared(helper))
            return IrEffects.ReadsMemory | IrEffects.Pinned;
        return helper == HelperId.MapLookupElem
            ? IrEffects.ReadsMemory | IrEffects.Pinned
            : IrEffects.ReadsMemory | IrEffects.WritesMemory | IrEffects.Other;
    }
}
