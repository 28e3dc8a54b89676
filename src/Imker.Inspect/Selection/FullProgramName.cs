using Imker.Btf;
using Imker.Linux;

namespace Imker.Inspect;

/// <summary>The name of a program in its type information, where the kernel's own of fifteen characters may be a beginning only.</summary>
internal static class FullProgramName
{
    internal const int LongestKernelName = 15;

    internal static string Of(KernelProgram program) => Of(program, program.GetInfo(), new KernelInventory(showsPins: false));

    internal static string Of(KernelProgram program, ProgramInfo info, KernelInventory inventory)
    {
        if (info.Name.Length < LongestKernelName || inventory.TypesOf(info.BtfId) is not { } types)
            return info.Name;
        return program.ReadLayout().Functions is [{ BtfTypeId: var id }, ..] && id < types.Count && types[id].Kind == BtfKind.Function ? types[id].Name : info.Name;
    }
}
