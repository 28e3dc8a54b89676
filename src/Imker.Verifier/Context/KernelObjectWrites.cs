using Imker.Btf;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Verifier.Context;

/// <summary>The fields of kernel structures that programs may set (kernel: <c>btf_struct_access</c> of the program types).</summary>
internal static class KernelObjectWrites
{
    private static readonly string[] congestionControl =
        ["snd_cwnd", "snd_cwnd_cnt", "snd_cwnd_stamp", "snd_ssthresh", "ecn_flags", "app_limited"];

    public static bool IsAllowed(ProgramSpec program, BtfType structure, int offset, int size)
    {
        if (program.Type != ProgramType.StructOps || structure.Name is not ("tcp_sock" or "sock"))
            return false;
        foreach (string name in congestionControl)
        {
            if (structure.Owner.TryFindMember(structure, name, out BtfField field) && structure.Owner.TryGetSize(field.Type, out ulong bytes)
                && offset >= (long)field.BitOffset / 8 && offset + size <= (long)field.BitOffset / 8 + (long)bytes)
                return true;
        }
        return structure.Owner.TryFindMember(structure, "icsk_ca_priv", out BtfField area) && structure.Owner.TryGetSize(area.Type, out ulong length)
            && offset >= (long)area.BitOffset / 8 && offset + size <= (long)area.BitOffset / 8 + (long)length;
    }
}
