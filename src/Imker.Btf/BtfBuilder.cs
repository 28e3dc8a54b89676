using System.Text;

namespace Imker.Btf;

/// <summary>
/// Collects types and strings and writes them as BTF. Adding a type that is there already gives its id again; the same calls give
/// the same bytes. A type is added after the types that it refers to; a struct that points to itself is declared first.
/// </summary>
public sealed partial class BtfBuilder
{
    // With kflag, a member's place has 24 bits for its offset and 8 for its size.
    private const uint MaxKindFlagOffset = 0xff_ffff;
    private const int MaxCount = 0xffff;
    private const string ArrayIndexName = "__ARRAY_SIZE_TYPE__";

    private readonly List<uint[]> types = [];
    private readonly Dictionary<uint[], uint> ids = new(WordsComparer.Instance);
    private readonly HashSet<uint> declared = [];
    private readonly Dictionary<string, uint> stringOffsets = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<byte> strings = [0];

    /// <summary>One more than the highest id.</summary>
    public uint Count => (uint)types.Count + 1;

    /// <summary>Interns a string: a file name or a source line of line info, a CO-RE access string, a section's name.</summary>
    /// <returns>Its offset.</returns>
    public uint AddString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('\0'))
            throw new ArgumentException("A string of BTF ends with its first zero byte.", nameof(text));
        if (stringOffsets.TryGetValue(text, out uint offset))
            return offset;
        offset = (uint)strings.Count;
        strings.AddRange(Encoding.UTF8.GetBytes(text));
        strings.Add(0);
        return stringOffsets[text] = offset;
    }

    /// <param name="size">Bytes: 1, 2, 4, 8 or 16.</param>
    public uint AddInt(string name, uint size, BtfIntEncoding encoding = BtfIntEncoding.Unsigned)
    {
        if (size is not (1 or 2 or 4 or 8 or 16))
            throw new ArgumentOutOfRangeException(nameof(size), size, "An integer has 1, 2, 4, 8 or 16 bytes.");
        return Add(BtfKind.Int, name, size, [(uint)encoding << 24 | 8 * size]);
    }

    /// <param name="size">Bytes: 2, 4, 8, 12 or 16. Kernels before 5.13 do not know floats.</param>
    public uint AddFloat(string name, uint size) => Add(BtfKind.Float, name, size, []);

    public uint AddPointer(uint target) => Add(BtfKind.Pointer, "", Known(target), []);

    public uint AddConst(uint target) => Add(BtfKind.Const, "", Known(target), []);

    public uint AddVolatile(uint target) => Add(BtfKind.Volatile, "", Known(target), []);

    public uint AddRestrict(uint target) => Add(BtfKind.Restrict, "", Known(target), []);

    public uint AddTypedef(string name, uint target) => Add(BtfKind.Typedef, Required(name), Known(target), []);

    /// <summary>Kernels before 5.17 do not know type tags.</summary>
    public uint AddTypeTag(string tag, uint target) => Add(BtfKind.TypeTag, Required(tag), Known(target), []);

    /// <summary>Kernels before 5.16 do not know declaration tags.</summary>
    /// <param name="componentIndex">The member or parameter that is meant, −1 for the whole.</param>
    public uint AddDeclarationTag(string tag, uint target, int componentIndex = -1) =>
        Add(BtfKind.DeclarationTag, Required(tag), Known(target), [(uint)componentIndex]);

    public uint AddArray(uint element, uint count)
    {
        uint index = AddInt(ArrayIndexName, 4);
        return Add(BtfKind.Array, "", 0, [Known(element), index, count]);
    }

    public uint AddForward(string name, bool isUnion = false) => Add(BtfKind.Forward, Required(name), 0, [], kindFlag: isUnion);

    public uint AddStruct(string name, uint size, params ReadOnlySpan<BtfMemberSpec> members) =>
        Add(BtfKind.Struct, name, size, Encode(members, out bool kindFlag), members.Length, kindFlag);

    public uint AddUnion(string name, uint size, params ReadOnlySpan<BtfMemberSpec> members) =>
        Add(BtfKind.Union, name, size, Encode(members, out bool kindFlag), members.Length, kindFlag);

    /// <summary>
    /// Gives a struct or union an id before its members are known, so that they may refer to it. <see cref="Define"/> must follow;
    /// what is declared is never the same as another type.
    /// </summary>
    public uint Declare(BtfKind kind, string name)
    {
        if (kind is not (BtfKind.Struct or BtfKind.Union))
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only structs and unions are declared.");
        types.Add([AddString(name), (uint)kind << 24, 0]);
        declared.Add((uint)types.Count);
        return (uint)types.Count;
    }

    /// <summary>Gives a declared struct or union its members.</summary>
    /// <exception cref="InvalidOperationException">It was not declared, or is defined already.</exception>
    public void Define(uint id, uint size, params ReadOnlySpan<BtfMemberSpec> members)
    {
        if (!declared.Remove(id))
            throw new InvalidOperationException($"Type {id} is not declared, or is defined already.");
        uint[] words = types[(int)id - 1];
        uint[] body = Encode(members, out bool kindFlag);
        types[(int)id - 1] = [words[0], InfoOf(BtfType.KindOf(words[1]), members.Length, kindFlag), size, .. body];
    }

    /// <param name="size">Bytes: up to 4, or 8, which kernels before 6.0 do not know.</param>
    public uint AddEnum(string name, uint size, bool isSigned, params ReadOnlySpan<BtfEnumeratorSpec> enumerators)
    {
        if (size is not (1 or 2 or 4 or 8))
            throw new ArgumentOutOfRangeException(nameof(size), size, "An enum has 1, 2, 4 or 8 bytes.");
        bool isWide = size == 8;
        var body = new List<uint>();
        foreach (BtfEnumeratorSpec e in enumerators)
        {
            body.Add(AddString(Required(e.Name)));
            body.Add((uint)e.Value);
            if (isWide)
                body.Add((uint)(e.Value >> 32));
            else if (e.Value < (isSigned ? int.MinValue : 0) || e.Value > (isSigned ? int.MaxValue : uint.MaxValue))
                throw new ArgumentException(
                    $"The value {e.Value} of '{e.Name}' does not fit into {(isSigned ? "a signed" : "an unsigned")} enum of {size} bytes.");
        }
        return Add(isWide ? BtfKind.Enum64 : BtfKind.Enum, name, size, [.. body], enumerators.Length, isSigned);
    }

    /// <summary>A last parameter of type 0 and without name stands for <c>…</c>.</summary>
    public uint AddFunctionPrototype(uint result, params ReadOnlySpan<BtfParameterSpec> parameters)
    {
        var body = new List<uint>();
        foreach (BtfParameterSpec p in parameters)
            body.AddRange([AddString(p.Name), Known(p.TypeId)]);
        return Add(BtfKind.FunctionPrototype, "", Known(result), [.. body], parameters.Length);
    }

    public uint AddFunction(string name, uint prototype, BtfLinkage linkage = BtfLinkage.Static)
    {
        if (BtfType.KindOf(Words(prototype)[1]) != BtfKind.FunctionPrototype)
            throw new ArgumentException($"Type {prototype} is no function prototype.", nameof(prototype));
        return Add(BtfKind.Function, Required(name), prototype, [], (int)linkage);
    }

    public uint AddVariable(string name, uint type, BtfLinkage linkage = BtfLinkage.Global) =>
        Add(BtfKind.Variable, Required(name), Known(type), [(uint)linkage]);

    public uint AddDataSection(string name, uint size, params ReadOnlySpan<BtfSectionEntrySpec> entries)
    {
        var body = new List<uint>();
        foreach (BtfSectionEntrySpec e in entries)
            body.AddRange([Known(e.VariableId), e.Offset, e.Size]);
        return Add(BtfKind.DataSection, Required(name), size, [.. body], entries.Length);
    }

    /// <summary>Gives a data section that is there already other variables; it keeps its id.</summary>
    public void ReplaceDataSection(uint id, uint size, params ReadOnlySpan<BtfSectionEntrySpec> entries)
    {
        uint[] before = Words(id);
        if (BtfType.KindOf(before[1]) != BtfKind.DataSection)
            throw new ArgumentException($"Type {id} is no data section.", nameof(id));
        var words = new List<uint> { before[0], InfoOf(BtfKind.DataSection, entries.Length, kindFlag: false), size };
        foreach (BtfSectionEntrySpec e in entries)
            words.AddRange([Known(e.VariableId), e.Offset, e.Size]);
        ids.Remove(before);
        types[(int)id - 1] = [.. words];
    }

    /// <summary>Leaves nothing of a data section but its id, which a pointer to nothing keeps.</summary>
    public void DropDataSection(uint id)
    {
        ReplaceDataSection(id, 0);
        types[(int)id - 1] = [0, InfoOf(BtfKind.Pointer, 0, kindFlag: false), 0];
    }

    private uint[] Encode(ReadOnlySpan<BtfMemberSpec> members, out bool kindFlag)
    {
        kindFlag = false;
        foreach (BtfMemberSpec m in members)
            kindFlag |= m.BitfieldSize != 0;
        var body = new List<uint>();
        foreach (BtfMemberSpec m in members)
        {
            if (kindFlag && (m.BitOffset > MaxKindFlagOffset || m.BitfieldSize > byte.MaxValue))
                throw new ArgumentException($"Member '{m.Name}' at bit {m.BitOffset} lies too far behind in a struct with bit-fields.");
            body.AddRange([AddString(m.Name), Known(m.TypeId), kindFlag ? m.BitfieldSize << 24 | m.BitOffset : m.BitOffset]);
        }
        return [.. body];
    }

    /// <summary>A type as it is to stand in the BTF; never the same as another.</summary>
    internal uint AddWords(uint[] words)
    {
        types.Add(words);
        return (uint)types.Count;
    }

    private uint Add(BtfKind kind, string name, uint third, uint[] body, int count = 0, bool kindFlag = false)
    {
        uint[] words = [AddString(name), InfoOf(kind, count, kindFlag), third, .. body];
        if (ids.TryGetValue(words, out uint id))
            return id;
        types.Add(words);
        return ids[words] = (uint)types.Count;
    }

    private static uint InfoOf(BtfKind kind, int count, bool kindFlag)
    {
        if (count > MaxCount)
            throw new ArgumentException($"A type of kind {kind} has at most {MaxCount} parts, not {count}.");
        return (uint)kind << 24 | (uint)count | (kindFlag ? BtfLayout.KindFlag : 0);
    }

    private uint[] Words(uint id) => id == 0 ? [0, 0, 0] : types[(int)Known(id) - 1];

    private uint Known(uint id)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, Count);
        return id;
    }

    private static string Required(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return name;
    }
}

/// <summary>A member for <see cref="BtfBuilder"/>.</summary>
/// <param name="BitOffset">From the start of the struct.</param>
/// <param name="BitfieldSize">Bits of a bit-field, else 0.</param>
public readonly record struct BtfMemberSpec(string Name, uint TypeId, uint BitOffset, uint BitfieldSize = 0);

/// <summary>A value of an enum for <see cref="BtfBuilder"/>; of an unsigned 64-bit enum, its bits.</summary>
public readonly record struct BtfEnumeratorSpec(string Name, long Value);

/// <summary>A parameter for <see cref="BtfBuilder"/>.</summary>
public readonly record struct BtfParameterSpec(string Name, uint TypeId);

/// <summary>A variable of a data section for <see cref="BtfBuilder"/>.</summary>
/// <param name="Offset">Bytes from the start of the section.</param>
/// <param name="Size">Bytes.</param>
public readonly record struct BtfSectionEntrySpec(uint VariableId, uint Offset, uint Size);
