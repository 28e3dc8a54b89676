namespace Imker.Btf;

public sealed partial class BtfFile
{
    private FlavouredTypes? flavours;

    /// <summary>The types, of this BTF and its base, whose kind and name without flavour are those of a type of a program.</summary>
    internal IEnumerable<BtfType> FindCore(BtfType local)
    {
        byte[] name = CoreName.Essential(local.NameBytes).ToArray();
        IEnumerable<BtfType> found = FindAll(local.Kind, name);
        if (local.Kind is BtfKind.Enum or BtfKind.Enum64)
            found = found.Concat(FindAll(local.Kind == BtfKind.Enum ? BtfKind.Enum64 : BtfKind.Enum, name));
        return found.Concat(FlavoursOf(local.Kind, name));
    }

    private IEnumerable<BtfType> FlavoursOf(BtfKind kind, byte[] name)
    {
        flavours ??= new FlavouredTypes(this);
        return (Base?.FlavoursOf(kind, name) ?? []).Concat(flavours.Types
            .Where(type => CoreTypeMatch.AreKindsCompatible(kind, type.Kind) && CoreName.Essential(type.NameBytes).SequenceEqual(name)));
    }

    // Hardly any name of a kernel has a flavour: those are found among the strings, and types are asked for their names' offsets only.
    private sealed class FlavouredTypes
    {
        public FlavouredTypes(BtfFile btf)
        {
            List<(uint Start, uint End)> names = FindNames(btf.StringSection, btf.firstString);
            if (names.Count > 0)
                Types = [.. Enumerable.Range(0, btf.OwnCount).Where(i => Contains(names, btf.TypeWord(btf.places[i])))
                    .Select(i => btf[btf.firstId + (uint)i]).Where(HasFlavour)];
        }

        public BtfType[] Types { get; } = [];

        // From the start of a string to its flavour; a name may begin in the middle of a string.
        private static List<(uint Start, uint End)> FindNames(ReadOnlySpan<byte> strings, uint first)
        {
            var names = new List<(uint, uint)>();
            for (int at = 0; strings[at..].IndexOf("___"u8) is >= 0 and int found;)
            {
                int start = strings[..(at + found)].LastIndexOf((byte)0) + 1;
                names.Add((first + (uint)start, first + (uint)(at + found)));
                at += found + 1;
            }
            return names;
        }

        private static bool Contains(List<(uint Start, uint End)> names, uint offset)
        {
            int low = 0, high = names.Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (names[middle].End < offset)
                    low = middle + 1;
                else
                    high = middle;
            }
            return low < names.Count && names[low].Start <= offset;
        }

        private static bool HasFlavour(BtfType type)
        {
            ReadOnlySpan<byte> name = type.NameBytes;
            return CoreName.Essential(name).Length != name.Length;
        }
    }
}
