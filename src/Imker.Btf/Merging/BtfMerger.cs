namespace Imker.Btf;

/// <summary>
/// Joins the types of several objects into one BTF, each type once: two are the same when they look the same, and what they refer to is
/// the same, which is found for types in circles, too, by telling apart what differs until nothing more does. Types that are only
/// declared become those that are defined. Variables that are defined are never the same, and data sections are left out, as their layout is the linker's.
/// </summary>
public sealed class BtfMerger
{
    private readonly List<Node> nodes = [];
    private readonly List<uint[]> ids = [];
    private readonly Dictionary<string, uint> strings = new(StringComparer.Ordinal);

    // Of each node, the one that stands for it; another one only for what is declared.
    private readonly List<int> aliases = [];

    /// <summary>Adds the types of a file.</summary>
    /// <param name="keep">Which of them; what is left out must not be referred to by the others.</param>
    public void Add(BtfFile file, Func<BtfType, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(keep);
        uint[] own = new uint[file.Count];
        int number = ids.Count;
        ids.Add(own);
        int first = nodes.Count;
        foreach (BtfType type in file.OwnTypes.Where(type => type.Kind != BtfKind.DataSection && keep(type)))
        {
            nodes.Add(new Node(file, number, type.Id, type.Kind));
            own[type.Id] = (uint)nodes.Count;
        }
        for (int i = first; i < nodes.Count; i++)
            nodes[i].Fill(own, Intern);
    }

    /// <summary>The types of all files.</summary>
    /// <param name="map">For each file, in the order of addition, its ids' new ids; 0 for what was left out.</param>
    /// <returns>A builder, to which data sections can be added.</returns>
    public BtfBuilder Build(out IReadOnlyList<uint[]> map)
    {
        ResolveDeclarations();
        int[] classes = Refine();
        var builder = new BtfBuilder();
        uint[] newIds = new uint[nodes.Count];
        var firsts = new Dictionary<int, int>();
        for (int i = 0; i < nodes.Count; i++)
            firsts.TryAdd(classes[aliases[i]], aliases[i]);
        uint next = 1;
        var order = new List<int>();
        var idOfClass = new Dictionary<int, uint>();
        for (int i = 0; i < nodes.Count; i++)
        {
            int @class = classes[aliases[i]];
            if (!idOfClass.TryGetValue(@class, out uint id))
            {
                idOfClass.Add(@class, id = next++);
                order.Add(firsts[@class]);
            }
            newIds[i] = id;
        }
        foreach (int i in order)
            builder.AddWords(nodes[i].ToWords(builder, node => newIds[node]));
        map = [.. ids.Select(own => own.Select(node => node == 0 ? 0 : newIds[node - 1]).ToArray())];
        return builder;
    }

    private uint Intern(string text)
    {
        if (!strings.TryGetValue(text, out uint number))
            strings.Add(text, number = (uint)strings.Count);
        return number;
    }

    private void ResolveDeclarations()
    {
        var defined = new Dictionary<(string Name, bool IsUnion), int>();
        for (int i = 0; i < nodes.Count; i++)
        {
            aliases.Add(i);
            if (nodes[i] is { Kind: BtfKind.Struct or BtfKind.Union, Name.Length: > 0 } node)
                defined.TryAdd((node.Name, node.Kind == BtfKind.Union), i);
        }
        for (int i = 0; i < nodes.Count; i++)
        {
            if (nodes[i].Kind == BtfKind.Forward && defined.TryGetValue((nodes[i].Name, nodes[i].IsUnionForward), out int definition))
                aliases[i] = definition;
        }
    }

    private int[] Refine()
    {
        int[] classes = new int[nodes.Count];
        int count = Number(classes, i => nodes[i].Key);
        for (int before = 0; before != count;)
        {
            before = count;
            int[] last = [.. classes];
            count = Number(classes, i =>
            {
                uint[] references = nodes[i].References;
                uint[] key = new uint[references.Length + 1];
                key[0] = (uint)last[i];
                for (int j = 0; j < references.Length; j++)
                    key[j + 1] = references[j] == 0 ? 0 : 1 + (uint)last[aliases[(int)references[j] - 1]];
                return key;
            });
        }
        return classes;
    }

    private static int Number(int[] classes, Func<int, uint[]> keyOf)
    {
        var numbers = new Dictionary<uint[], int>(BtfBuilder.WordsEquality);
        for (int i = 0; i < classes.Length; i++)
        {
            uint[] key = keyOf(i);
            if (!numbers.TryGetValue(key, out int number))
                numbers.Add(key, number = numbers.Count);
            classes[i] = number;
        }
        return numbers.Count;
    }

    private sealed class Node(BtfFile file, int fileNumber, uint id, BtfKind kind)
    {
        private readonly uint[] words = file[id].ToWords();

        public BtfKind Kind { get; } = kind;

        public string Name { get; } = file[id].Name;

        public bool IsUnionForward => Kind == BtfKind.Forward && file[id].IsUnionForward;

        /// <summary>What it is without what it refers to.</summary>
        public uint[] Key { get; private set; } = [];

        /// <summary>The nodes that it refers to, each plus one; 0 for <c>void</c>.</summary>
        public uint[] References { get; private set; } = [];

        public void Fill(uint[] ids, Func<string, uint> intern)
        {
            uint[] key = [.. words];
            foreach (int at in BtfTypeShape.NamesOf(Kind, words.Length))
                key[at] = intern(file.GetString(words[at]));
            int[] places = [.. BtfTypeShape.TypesOf(Kind, words.Length)];
            References = [.. places.Select(at => ids[words[at]])];
            foreach (int at in places)
                key[at] = 0;
            Key = Kind == BtfKind.Variable && file[id].Linkage != BtfLinkage.Extern ? [.. key, (uint)fileNumber + 1, id] : key;
        }

        public uint[] ToWords(BtfBuilder builder, Func<int, uint> idOf)
        {
            uint[] result = [.. words];
            foreach (int at in BtfTypeShape.NamesOf(Kind, words.Length))
                result[at] = builder.AddString(file.GetString(words[at]));
            int next = 0;
            foreach (int at in BtfTypeShape.TypesOf(Kind, words.Length))
            {
                uint reference = References[next++];
                result[at] = reference == 0 ? 0 : idOf((int)reference - 1);
            }
            return result;
        }
    }
}
