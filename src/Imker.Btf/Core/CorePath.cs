using System.Globalization;
using System.Text;

namespace Imker.Btf;

/// <summary>
/// Where an access leads in the types of the program or of the target: the named members and elements on the way, without the
/// anonymous structs between them, which may differ.
/// </summary>
internal sealed class CorePath(BtfType root)
{
    /// <summary>Numbers of an access string at most (libbpf, <c>BPF_CORE_SPEC_MAX_LEN</c>).</summary>
    public const int MaxLength = 64;

    public BtfType Root { get; } = root;

    public List<CoreStep> Steps { get; } = [];

    /// <summary>Steps with those through anonymous members.</summary>
    public int RawLength { get; set; }

    /// <summary>Structs that were looked through for it.</summary>
    public int Work { get; set; }

    /// <summary>From the start of the outermost type.</summary>
    public ulong BitOffset { get; set; }

    public CoreStep Last => Steps[^1];

    /// <summary>Reads an access string of the program.</summary>
    /// <param name="problem">What is wrong; null when nothing is.</param>
    public static CorePath Parse(BtfType root, CoreRelocationKind kind, string access, out string? problem)
    {
        var path = new CorePath(root);
        problem = TryReadNumbers(access, out List<int> numbers) ? null : "it is no list of up to 64 numbers with colons between them";
        if (problem is not null)
            return path;
        path.RawLength = numbers.Count;
        if (kind.IsField())
            problem = path.FollowMembers(numbers);
        else if (kind.IsEnumerator())
            problem = path.TakeEnumerator(numbers);
        else if (numbers is not [0])
            problem = "of a whole type it is 0";
        return path;
    }

    /// <summary>As messages spell it: <c>struct task_struct.se.vruntime</c>.</summary>
    public override string ToString()
    {
        BtfType named = Root;
        var text = new StringBuilder(named.Kind switch
        {
            BtfKind.Struct => "struct ",
            BtfKind.Union => "union ",
            BtfKind.Enum or BtfKind.Enum64 => "enum ",
            _ => "",
        });
        text.Append(named.NameBytes.IsEmpty ? $"<anonymous {named.Kind}>" : named.Name);
        for (int i = 0; i < Steps.Count; i++)
        {
            CoreStep step = Steps[i];
            if (step.IsElement)
                text.Append(i == 0 && step.Index == 0 ? "" : $"[{step.Index}]");
            else if (step.Type.Kind is BtfKind.Enum or BtfKind.Enum64)
                text.Append("::").Append(step.Type.Enumerator(step.Index).Name);
            else
                text.Append('.').Append(step.Type.Member(step.Index).Name);
        }
        return text.ToString();
    }

    private static bool TryReadNumbers(string access, out List<int> numbers)
    {
        numbers = [];
        foreach (Range part in access.AsSpan().Split(':'))
        {
            if (numbers.Count == MaxLength
                || !int.TryParse(access.AsSpan()[part], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                return false;
            numbers.Add(number);
        }
        return true;
    }

    private string? TakeEnumerator(List<int> numbers)
    {
        BtfType type = Root.SkipModifiers();
        if (type.Kind is not (BtfKind.Enum or BtfKind.Enum64))
            return "its type is no enum";
        if (numbers.Count != 1 || numbers[0] >= type.Count)
            return $"the enum has {type.Count} values";
        Steps.Add(new CoreStep(type, numbers[0], IsElement: false));
        return null;
    }

    private string? FollowMembers(List<int> numbers)
    {
        BtfType type = Root.SkipModifiers();
        Steps.Add(new CoreStep(type, numbers[0], IsElement: true));
        if (!TryAddElements(type, numbers[0]))
            return "its type has no size";
        for (int i = 1; i < numbers.Count; i++)
        {
            type = type.SkipModifiers();
            string? problem = type.Kind switch
            {
                BtfKind.Struct or BtfKind.Union => FollowMember(ref type, numbers[i]),
                BtfKind.Array => FollowElement(ref type, numbers[i]),
                _ => $"number {i} stands for a part of a type of kind {type.Kind}, which has none",
            };
            if (problem is not null)
                return problem;
        }
        return null;
    }

    private string? FollowMember(ref BtfType type, int index)
    {
        if (index >= type.Count)
            return $"'{type.Name}' has {type.Count} members";
        BtfMember member = type.Member(index);
        BitOffset += member.BitOffset;
        if (!member.NameBytes.IsEmpty)
            Steps.Add(new CoreStep(type, index, IsElement: false));
        type = member.Type;
        return null;
    }

    private string? FollowElement(ref BtfType type, int index)
    {
        if (!Last.IsFlexibleArray(type) && index >= type.ElementCount)
            return $"element {index} of an array of {type.ElementCount}";
        type = type.Target.SkipModifiers();
        Steps.Add(new CoreStep(type, index, IsElement: true));
        return TryAddElements(type, index) ? null : "elements of an array have no size";
    }

    /// <summary>Moves on by so many values of a type; false when it has no size.</summary>
    public bool TryAddElements(BtfType type, int count)
    {
        if (!type.Owner.TryGetSize(type, out ulong size))
            return false;
        BitOffset += unchecked((ulong)count * size * 8);
        return true;
    }
}
