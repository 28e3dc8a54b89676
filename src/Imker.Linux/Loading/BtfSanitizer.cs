using System.Buffers.Binary;
using Imker.Btf;

namespace Imker.Linux;

/// <summary>
/// Rewrites kinds that 5.10 does not know into older ones of the same length, so that ids and offsets stay: what remains is good
/// enough for function and line info and for maps' sizes.
/// </summary>
internal static class BtfSanitizer
{
    private const int TypesOffsetField = 8, TypesLengthField = 12, StringsOffsetField = 16, HeaderLengthField = 4;
    private const int TypeHeaderSize = 12;
    private const uint KindMask = 0x1f000000, VlenMask = 0xffff;
    private const int KindShift = 24;

    // An INT of 32 bits without a name: the members' type of what was a 64-bit enumeration.
    private static readonly uint[] plainInt = [0, (uint)BtfKind.Int << KindShift, 4, 32];

    /// <summary>False when there is nothing to rewrite, or it is no BTF of this byte order.</summary>
    internal static bool TryRewrite(byte[] btf, out byte[] rewritten)
    {
        rewritten = btf;
        return BtfFile.TryRead("object", btf, null, out BtfFile? file, out _) && file.IsLittleEndian && Rewrite(btf, out rewritten);
    }

    private static bool Rewrite(ReadOnlySpan<byte> btf, out byte[] rewritten)
    {
        int header = (int)Read(btf, HeaderLengthField);
        int start = header + (int)Read(btf, TypesOffsetField), length = (int)Read(btf, TypesLengthField);
        rewritten = btf.ToArray();
        uint count = 0;
        var wide = new List<int>();
        bool changed = false;
        for (int at = start; at < start + length; at += SizeOf(btf, at))
        {
            count++;
            uint info = Read(btf, at + 4);
            BtfKind kind = KindOf(info);
            if (kind == BtfKind.Enum64)
                wide.Add(at);
            changed |= RewriteKind(rewritten.AsSpan(at), kind, info);
        }
        if (wide.Count > 0)
            rewritten = WithMemberType(rewritten, wide, count + 1, start + length);
        return changed;
    }

    private static bool RewriteKind(Span<byte> type, BtfKind kind, uint info)
    {
        switch (kind)
        {
            case BtfKind.Float:
                Write(type, 4, (uint)BtfKind.Struct << KindShift);
                return true;
            case BtfKind.TypeTag:
                Write(type, 0, 0);
                Write(type, 4, (uint)BtfKind.Const << KindShift);
                return true;
            case BtfKind.DeclarationTag:
                // The tag's target becomes a size, its component index the description of eight bits.
                Write(type, 4, (uint)BtfKind.Int << KindShift);
                Write(type, 8, 1);
                Write(type, 12, 8);
                return true;
            case BtfKind.Enum64:
                Write(type, 4, (uint)BtfKind.Union << KindShift | info & VlenMask);
                return true;
            case BtfKind.Function when (info & VlenMask) != 0:
                Write(type, 4, (uint)BtfKind.Function << KindShift);
                return true;
            default:
                return false;
        }
    }

    // An enumerator {name, low, high} has a member's length {name, type, offset}. The members' type is added behind all others.
    private static byte[] WithMemberType(byte[] btf, List<int> enumerations, uint memberType, int end)
    {
        foreach (int at in enumerations)
        {
            int members = (int)(Read(btf, at + 4) & VlenMask);
            for (int i = 0; i < members; i++)
            {
                Write(btf, at + TypeHeaderSize + i * 12 + 4, memberType);
                Write(btf, at + TypeHeaderSize + i * 12 + 8, 0);
            }
        }
        byte[] added = new byte[plainInt.Length * sizeof(uint)];
        for (int i = 0; i < plainInt.Length; i++)
            Write(added, i * sizeof(uint), plainInt[i]);
        byte[] result = [.. btf.AsSpan(0, end), .. added, .. btf.AsSpan(end)];
        Write(result, TypesLengthField, Read(btf, TypesLengthField) + (uint)added.Length);
        Write(result, StringsOffsetField, Read(btf, StringsOffsetField) + (uint)added.Length);
        return result;
    }

    private static int SizeOf(ReadOnlySpan<byte> btf, int at)
    {
        uint info = Read(btf, at + 4);
        int vlen = (int)(info & VlenMask);
        return TypeHeaderSize + KindOf(info) switch
        {
            BtfKind.Int or BtfKind.Variable or BtfKind.DeclarationTag => 4,
            BtfKind.Array => 12,
            BtfKind.Struct or BtfKind.Union or BtfKind.DataSection or BtfKind.Enum64 => 12 * vlen,
            BtfKind.Enum or BtfKind.FunctionPrototype => 8 * vlen,
            _ => 0,
        };
    }

    private static BtfKind KindOf(uint info) => (BtfKind)((info & KindMask) >> KindShift);

    private static uint Read(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static void Write(Span<byte> bytes, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes[offset..], value);
}
