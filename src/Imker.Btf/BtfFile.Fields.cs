using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Imker.Diagnostics;

namespace Imker.Btf;

public sealed partial class BtfFile
{
    /// <summary>
    /// Bytes that a value of the type takes; false for <c>void</c>, functions, forward declarations and sizes beyond 64 bits.
    /// </summary>
    public bool TryGetSize(BtfType type, out ulong size)
    {
        size = 1;
        for (; ; type = type.Target)
        {
            switch (type.Kind)
            {
                case BtfKind.Array:
                    if (Math.BigMul(size, type.ElementCount, out ulong product) != 0)
                        return false;
                    size = product;
                    break;
                case BtfKind.Pointer:
                    return Math.BigMul(size, (ulong)PointerSize, out size) == 0;
                case var kind when BtfLayout.HasSize(kind):
                    return Math.BigMul(size, type.Size, out size) == 0;
                case var kind when BtfLayout.IsModifier(kind) || kind == BtfKind.Variable:
                    break;
                default:
                    size = 0;
                    return false;
            }
        }
    }

    /// <summary>
    /// A member of a struct or union (typedefs and qualifiers before it are looked through), also one of an anonymous struct or
    /// union inside of it.
    /// </summary>
    public bool TryFindMember(BtfType type, string name, out BtfField field)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new MemberSearch(Encoding.UTF8.GetBytes(name)).TryFind(Start(type), out field);
    }

    /// <summary>The names of all members, those of anonymous structs and unions included: to tell somebody what he may have meant.</summary>
    public IEnumerable<string> MemberNamesOf(BtfType type)
    {
        var pending = new Stack<BtfType>([type]);
        var seen = new HashSet<BtfType>();
        while (pending.TryPop(out BtfType next))
        {
            next = next.SkipModifiers();
            if (next.Kind is not (BtfKind.Struct or BtfKind.Union) || !seen.Add(next))
                continue;
            foreach (BtfMember member in next.Members)
            {
                if (member.NameBytes.IsEmpty)
                    pending.Push(member.Type);
                else
                    yield return member.Name;
            }
        }
    }

    /// <summary>Follows a path of members and array elements: <c>a.b[3].c</c>. Pointers end it: what is behind them has to be read first.</summary>
    /// <exception cref="DiagnosticException">The path leads nowhere.</exception>
    public BtfField FindField(BtfType type, string path) =>
        TryFindField(type, path, out BtfField field, out ImmutableArray<Diagnostic> diagnostics) ? field : throw new DiagnosticException(diagnostics);

    /// <summary>As <see cref="FindField"/>, with the finding as a value.</summary>
    public bool TryFindField(BtfType type, string path, out BtfField field, out ImmutableArray<Diagnostic> diagnostics)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        field = Start(type);
        string? problem = null;
        for (int at = 0; at < path.Length && problem is null;)
        {
            problem = path[at] == '['
                ? StepIntoElement(path, ref at, ref field)
                : StepIntoMember(path, ref at, ref field);
        }
        diagnostics = problem is null
            ? []
            : [new Diagnostic(Severity.Error, BtfDiagnosticId.NoSuchField, SourceSpan.None, $"cannot find '{path}' in {Describe(type)}: {problem}")];
        return problem is null;
    }

    private static BtfField Start(BtfType type) => new(type, 0, 0, [0]);

    private string? StepIntoMember(string path, ref int at, ref BtfField field)
    {
        if (path[at] == '.' && at > 0)
            at++;
        int end = path.AsSpan(at).IndexOfAny('.', '[');
        string name = end < 0 ? path[at..] : path[at..(at + end)];
        if (name.Length == 0)
            return "a member's name is missing";
        if (field.Type.SkipModifiers().Kind is not (BtfKind.Struct or BtfKind.Union))
            return $"{Describe(field.Type)} has no members";
        if (!TryFindMember(field.Type, name, out BtfField member))
            return $"{Describe(field.Type)} has no member '{name}'{Spelling.Suggestion(name, MemberNamesOf(field.Type))}";
        field = new BtfField(member.Type, field.BitOffset + member.BitOffset, member.BitfieldSize, [.. field.Access, .. member.Access.AsSpan()[1..]]);
        at += name.Length;
        return null;
    }

    private string? StepIntoElement(string path, ref int at, ref BtfField field)
    {
        int close = path.IndexOf(']', at);
        if (close < 0 || !uint.TryParse(path.AsSpan(at + 1, close - at - 1), NumberStyles.None, CultureInfo.InvariantCulture, out uint index))
            return "an element's number in brackets is missing";
        BtfType array = field.Type.SkipModifiers();
        if (array.Kind != BtfKind.Array)
            return $"{Describe(field.Type)} has no elements";
        // An array of 0 elements at the end of a struct goes on as far as there is memory.
        if (array.ElementCount != 0 && index >= array.ElementCount)
            return $"element {index} of {array.ElementCount}";
        if (!TryGetSize(array.Target, out ulong size) || Math.BigMul(size, 8ul * index, out ulong offset) != 0)
            return $"elements of {Describe(array.Target)} have no known size";
        field = new BtfField(array.Target, field.BitOffset + offset, 0, field.Access.Add(index));
        at = close + 1;
        if (at < path.Length && path[at] is not ('.' or '['))
            return "a dot is missing behind a bracket";
        return null;
    }

    // A searched anonymous type is not searched again: types may be nested in each other so that their paths are without number.
    private readonly struct MemberSearch(byte[] name)
    {
        private readonly HashSet<BtfType> searched = [];

        public bool TryFind(BtfField from, out BtfField found)
        {
            found = default;
            BtfType type = from.Type.SkipModifiers();
            if (from.Access.Length > MaxDepth || type.Kind is not (BtfKind.Struct or BtfKind.Union) || !searched.Add(type))
                return false;
            int count = type.Count;
            for (int i = 0; i < count; i++)
            {
                BtfMember member = type.Member(i);
                bool isAnonymous = member.NameBytes.IsEmpty;
                if (!isAnonymous && !member.NameBytes.SequenceEqual(name))
                    continue;
                found = new BtfField(member.Type, from.BitOffset + member.BitOffset, member.BitfieldSize, from.Access.Add((uint)i));
                if (!isAnonymous || TryFind(found, out found))
                    return true;
            }
            return false;
        }
    }

    /// <summary>As messages call it: <c>struct task_struct</c>, <c>an anonymous union</c>.</summary>
    private static string Describe(BtfType type)
    {
        string kind = type.Kind switch
        {
            BtfKind.Void => "void",
            BtfKind.DataSection => "section",
            var other => other.ToString().ToLowerInvariant(),
        };
        return type.NameBytes.IsEmpty ? $"a {kind} without a name" : $"{kind} {type.Name}";
    }
}
