using Imker.Btf;
using Imker.Verifier.State;

namespace Imker.Verifier.Calls;

/// <summary>Whether one kernel structure may stand for another.</summary>
internal static class KernelTypes
{
    /// <summary>Whether the pointer is to a structure of a name, or to one that starts with it at the same place (kernel: <c>btf_struct_ids_match</c>).</summary>
    public static bool StartsWith(in RegisterState pointer, string name)
    {
        if (pointer.Target is not BtfFile types)
            return false;
        BtfType type = types[pointer.TypeId];
        long offset = pointer.Offset;
        for (int depth = 0; depth < 16; depth++)
        {
            if (offset == 0 && type.Name == name)
                return true;
            if (type.Kind != BtfKind.Struct)
                return false;
            BtfMember? inner = null;
            foreach (BtfMember member in type.Members)
            {
                if (member.BitfieldSize == 0 && member.BitOffset / 8 <= offset && types.TryGetSize(member.Type, out ulong size) && offset < member.BitOffset / 8 + (long)size)
                    inner = member;
            }
            if (inner is not { } found || found.Type.SkipModifiers() is not { Kind: BtfKind.Struct } next)
                return false;
            offset -= found.BitOffset / 8;
            type = next;
        }
        return false;
    }
}
