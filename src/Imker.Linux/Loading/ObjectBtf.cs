using System.Buffers.Binary;
using System.Text;
using Imker.Btf;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>
/// An object's type information on its way into the kernel: the strings that line info refers to are added behind its own, and kinds
/// that the kernel does not know yet are rewritten.
/// </summary>
internal sealed class ObjectBtf : IDisposable
{
    private const int StringLengthField = 20;

    private static readonly (BtfKernelKinds Kind, KernelFeature Feature)[] kinds =
    [
        (BtfKernelKinds.Variables, KernelFeature.BtfVariables),
        (BtfKernelKinds.GlobalFunctions, KernelFeature.BtfGlobalFunctions),
        (BtfKernelKinds.Floats, KernelFeature.BtfFloats),
        (BtfKernelKinds.DeclarationTags, KernelFeature.BtfDeclarationTags),
        (BtfKernelKinds.TypeTags, KernelFeature.BtfTypeTags),
        (BtfKernelKinds.Enum64, KernelFeature.BtfEnum64),
    ];

    private readonly Dictionary<string, uint> offsets;
    private readonly BtfHandle handle;

    private ObjectBtf(BtfHandle handle, Dictionary<string, uint> offsets)
    {
        this.handle = handle;
        this.offsets = offsets;
    }

    internal BtfHandle Handle => handle;

    /// <summary>Null when the object has none.</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    internal static ObjectBtf? Load(BpfObject source)
    {
        if (source.Btf.IsEmpty)
            return null;
        var offsets = new Dictionary<string, uint>();
        BtfFile file = BtfFile.Read(source.Name, source.Btf);
        BtfKernelKinds missing = MissingOf(BtfForKernel.NeededBy(file));
        byte[] btf = WithStrings(BtfForKernel.Rewrite(file, BtfKernelKinds.All & ~missing, HiddenFunctions(source)), LineStrings(source), offsets);
        return new ObjectBtf(BtfHandle.Load(btf), offsets);
    }

    private static HashSet<uint> HiddenFunctions(BpfObject source) =>
        [.. source.Functions.Where(function => !function.IsGlobal).Select(function => function.BtfTypeId)];

    private static BtfKernelKinds MissingOf(BtfKernelKinds needed)
    {
        var missing = BtfKernelKinds.None;
        foreach ((BtfKernelKinds kind, KernelFeature feature) in kinds)
        {
            if (needed.HasFlag(kind) && FeatureProbes.Ask(feature) != FeatureState.Present)
                missing |= kind;
        }
        return missing;
    }

    /// <summary>The offset of a string that some line of the object has.</summary>
    internal uint OffsetOf(string text) => offsets[text];

    public void Dispose() => handle.Dispose();

    private static IEnumerable<string> LineStrings(BpfObject source)
    {
        IEnumerable<FunctionSpec> functions = source.Programs.Select(p => p.Entry).Concat(source.Functions);
        return functions.SelectMany(f => f.Lines).SelectMany(line => new[] { line.File, line.Text }).Distinct();
    }

    // The strings end the blob (struct btf_header: str_off, str_len): what is added goes behind them.
    private static byte[] WithStrings(ReadOnlySpan<byte> btf, IEnumerable<string> texts, Dictionary<string, uint> offsets)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(btf[StringLengthField..]);
        var added = new MemoryStream();
        foreach (string text in texts)
        {
            // An empty string stands at the start of every string section.
            offsets[text] = text.Length == 0 ? 0 : length + (uint)added.Length;
            if (text.Length > 0)
                added.Write(Encoding.UTF8.GetBytes(text.Replace('\0', ' ') + '\0'));
        }
        byte[] result = new byte[btf.Length + added.Length];
        btf.CopyTo(result);
        added.ToArray().CopyTo(result, btf.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(StringLengthField), length + (uint)added.Length);
        return result;
    }
}
