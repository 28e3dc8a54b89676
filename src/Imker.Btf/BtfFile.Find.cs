using System.Text;

namespace Imker.Btf;

public sealed partial class BtfFile
{
    private readonly KindIndex?[] indexes = new KindIndex?[(int)BtfLayout.LastKind + 1];
    private EnumeratorIndex? enumeratorIndex;

    /// <summary>The first type of a kind and a name; the base's come first.</summary>
    public bool TryFind(BtfKind kind, string name, out BtfType type)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return TryFind(kind, Encoding.UTF8.GetBytes(name), out type);
    }

    /// <summary>All types of a kind and a name, the base's first.</summary>
    public IEnumerable<BtfType> FindAll(BtfKind kind, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return FindAll(kind, Encoding.UTF8.GetBytes(name));
    }

    /// <summary>The names of all types of a kind: to tell somebody what he may have meant.</summary>
    public IEnumerable<string> NamesOf(BtfKind kind) =>
        OwnTypes.Where(t => t.Kind == kind && t.NameOffset != 0).Select(t => t.Name).Concat(Base?.NamesOf(kind) ?? []);

    /// <summary>A value of any enum by its name; the base's come first.</summary>
    public bool TryFindEnumerator(string name, out BtfEnumerator enumerator)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Base is not null && Base.TryFindEnumerator(name, out enumerator))
            return true;
        enumeratorIndex ??= new EnumeratorIndex(this);
        return enumeratorIndex.TryFind(Encoding.UTF8.GetBytes(name), out enumerator);
    }

    private bool TryFind(BtfKind kind, byte[] name, out BtfType type)
    {
        if (Base is not null && Base.TryFind(kind, name, out type))
            return true;
        KindIndex index = IndexOf(kind);
        int number = index.Names.First(name);
        type = number >= 0 ? this[index.Ids[number]] : this[0];
        return number >= 0;
    }

    private IEnumerable<BtfType> FindAll(BtfKind kind, byte[] name)
    {
        foreach (BtfType type in Base?.FindAll(kind, name) ?? [])
            yield return type;
        KindIndex index = IndexOf(kind);
        for (int number = index.Names.First(name); number >= 0; number = index.Names.Next(number, name))
            yield return this[index.Ids[number]];
    }

    private KindIndex IndexOf(BtfKind kind)
    {
        if (kind is BtfKind.Void or > BtfLayout.LastKind)
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are no types of this kind.");
        return indexes[(int)kind] ??= new KindIndex(this, kind);
    }

    private sealed class KindIndex
    {
        public KindIndex(BtfFile btf, BtfKind kind)
        {
            var ids = new List<uint>();
            var names = new List<uint>();
            for (int i = 0; i < btf.OwnCount; i++)
            {
                int at = btf.places[i];
                if (BtfType.KindOf(btf.TypeWord(at + 1)) != kind)
                    continue;
                ids.Add(btf.firstId + (uint)i);
                names.Add(btf.TypeWord(at));
            }
            Ids = [.. ids];
            Names = new BtfNameIndex(btf, [.. names]);
        }

        public uint[] Ids { get; }

        public BtfNameIndex Names { get; }
    }

    private sealed class EnumeratorIndex
    {
        private readonly (BtfType Type, int Index)[] places;
        private readonly BtfNameIndex names;

        public EnumeratorIndex(BtfFile btf)
        {
            var found = new List<(BtfType, int)>();
            var nameOffsets = new List<uint>();
            foreach (BtfType type in btf.OwnTypes)
            {
                if (type.Kind is not (BtfKind.Enum or BtfKind.Enum64))
                    continue;
                for (int i = 0; i < type.Count; i++)
                {
                    found.Add((type, i));
                    nameOffsets.Add(type.Enumerator(i).NameOffset);
                }
            }
            places = [.. found];
            names = new BtfNameIndex(btf, [.. nameOffsets]);
        }

        public bool TryFind(ReadOnlySpan<byte> name, out BtfEnumerator enumerator)
        {
            int number = names.First(name);
            enumerator = number >= 0 ? places[number].Type.Enumerator(places[number].Index) : default;
            return number >= 0;
        }
    }
}
