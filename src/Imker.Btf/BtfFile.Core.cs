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

    // Hardly any type of a kernel has a flavour: a list of them is enough.
    private sealed class FlavouredTypes
    {
        public FlavouredTypes(BtfFile btf)
        {
            if (btf.StringSection.IndexOf("___"u8) >= 0)
                Types = [.. btf.OwnTypes.Where(HasFlavour)];
        }

        public BtfType[] Types { get; } = [];

        private static bool HasFlavour(BtfType type)
        {
            ReadOnlySpan<byte> name = type.NameBytes;
            return CoreName.Essential(name).Length != name.Length;
        }
    }
}
