namespace Imker.Btf;

/// <summary>
/// Makes the BTF of an object fit for <c>BPF_BTF_LOAD</c>: what the object only declares counts as there, and kinds that a kernel does
/// not know become older ones. Every type keeps its id and its size (libbpf, <c>bpf_object__sanitize_btf</c>).
/// </summary>
public sealed class BtfForKernel
{
    private const uint IntOfEightBits = 8;

    private readonly BtfFile file;
    private readonly BtfKernelKinds known;
    private readonly BtfBuilder builder;
    private readonly uint placeholder;
    private readonly IReadOnlySet<uint>? hidden;

    private BtfForKernel(BtfFile file, BtfKernelKinds known, IReadOnlySet<uint>? hidden)
    {
        this.hidden = hidden;
        this.file = file;
        this.known = known;
        placeholder = file.Count;
        builder = BtfBuilder.From(file, 0, file.StringsSize);
    }

    /// <summary>What of a BTF not every kernel reads.</summary>
    public static BtfKernelKinds NeededBy(BtfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var needed = BtfKernelKinds.None;
        foreach (BtfType type in file.OwnTypes)
            needed |= NeededBy(type);
        return needed;
    }

    /// <summary>The bytes for a kernel.</summary>
    /// <param name="file">The object's types.</param>
    /// <param name="known">What the kernel reads.</param>
    /// <param name="hidden">Functions that are marked as global and are to be verified with their callers all the same.</param>
    public static byte[] Rewrite(BtfFile file, BtfKernelKinds known, IReadOnlySet<uint>? hidden = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new BtfForKernel(file, known, hidden).Rewrite();
    }

    private static BtfKernelKinds NeededBy(BtfType type) => type.Kind switch
    {
        BtfKind.Variable or BtfKind.DataSection => BtfKernelKinds.Variables,
        BtfKind.Function when type.Linkage != BtfLinkage.Static => BtfKernelKinds.GlobalFunctions,
        BtfKind.Float => BtfKernelKinds.Floats,
        BtfKind.DeclarationTag => BtfKernelKinds.DeclarationTags,
        BtfKind.TypeTag => BtfKernelKinds.TypeTags,
        BtfKind.Enum64 => BtfKernelKinds.Enum64,
        _ => BtfKernelKinds.None,
    };

    private byte[] Rewrite()
    {
        Dictionary<uint, uint> prototypes = PrototypesOfFunctions();
        bool needsPlaceholder = false;
        foreach (BtfType type in file.OwnTypes)
        {
            uint[] words = type.ToWords();
            BtfKernelKinds missing = NeededBy(type) & ~known;
            if (missing != 0)
                Replace(type, words);
            else if (prototypes.TryGetValue(type.Id, out uint name))
                NameParameters(words, name);
            else if (type.Kind == BtfKind.DataSection && type.Size == 0)
                words = [builder.AddString("unplaced"), InfoOf(BtfKind.Int, 0), 1, IntOfEightBits];
            else
                Settle(type, words);
            needsPlaceholder |= missing == BtfKernelKinds.Enum64 || words[2] == placeholder && type.Kind == BtfKind.Variable;
            builder.AddWords(words);
        }
        if (needsPlaceholder)
            builder.AddWords([builder.AddString("placeholder"), InfoOf(BtfKind.Int, 0), 1, IntOfEightBits]);
        return builder.ToArray();
    }

    // A function that the kernel is shown must have names for its parameters; one that is declared only, or in assembly, may have none.
    private Dictionary<uint, uint> PrototypesOfFunctions()
    {
        var prototypes = new Dictionary<uint, uint>();
        foreach (BtfType type in file.OwnTypes.Where(type => type.Kind == BtfKind.Function))
            prototypes.TryAdd(type.Target.Id, type.NameOffset);
        return prototypes;
    }

    private static void NameParameters(uint[] words, uint name)
    {
        for (int at = BtfLayout.HeaderWords; at < words.Length; at += BtfLayout.ParameterWords)
        {
            if (words[at] == 0 && words[at + 1] != 0)
                words[at] = name;
        }
    }

    private void Settle(BtfType type, uint[] words)
    {
        if (type.Kind == BtfKind.Function && hidden?.Contains(type.Id) == true)
            words[1] = InfoOf(BtfKind.Function, (int)BtfLinkage.Static);
        else if (type.Kind == BtfKind.Function && type.Linkage == BtfLinkage.Extern)
            words[1] = InfoOf(BtfKind.Function, (int)BtfLinkage.Global);
        else if (type.Kind == BtfKind.Variable && type.Linkage == BtfLinkage.Extern)
        {
            words[BtfLayout.HeaderWords] = (uint)BtfLinkage.Global;
            // Of a variable of the kernel's often nothing is known but that it is there.
            if (!file.TryGetSize(type.Target, out _))
                words[2] = placeholder;
        }
    }

    private void Replace(BtfType type, uint[] words)
    {
        switch (type.Kind)
        {
            case BtfKind.Variable or BtfKind.DeclarationTag:
                // One byte is no longer than what the variable takes.
                (words[1], words[2], words[3]) = (InfoOf(BtfKind.Int, 0), 1, IntOfEightBits);
                break;
            case BtfKind.DataSection:
                ReplaceSection(type, words);
                break;
            case BtfKind.Function:
                words[1] = InfoOf(BtfKind.Function, (int)BtfLinkage.Static);
                break;
            case BtfKind.Float:
                words[1] = InfoOf(BtfKind.Struct, 0);
                break;
            case BtfKind.TypeTag:
                (words[0], words[1]) = (0, InfoOf(BtfKind.Const, 0));
                break;
            case BtfKind.Enum64:
                words[1] = InfoOf(BtfKind.Union, type.Count);
                for (int at = BtfLayout.HeaderWords; at < words.Length; at += BtfLayout.MemberWords)
                    (words[at + 1], words[at + 2]) = (placeholder, 0);
                break;
        }
    }

    private void ReplaceSection(BtfType section, uint[] words)
    {
        words[0] = builder.AddString(section.Name.Replace('.', '_'));
        words[1] = InfoOf(BtfKind.Struct, section.Count);
        for (int at = BtfLayout.HeaderWords; at < words.Length; at += BtfLayout.MemberWords)
            (words[at], words[at + 1], words[at + 2]) = (file[words[at]].NameOffset, words[at], 8 * words[at + 1]);
    }

    private static uint InfoOf(BtfKind kind, int count) => (uint)kind << 24 | (uint)count;
}
