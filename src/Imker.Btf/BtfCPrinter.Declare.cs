namespace Imker.Btf;

public sealed partial class BtfCPrinter
{
    // C reads from the name outwards: what is nearest to the name is written first, pointers before it, arrays and parameters
    // behind it, and parentheses where a pointer is to one of these.
    private string Declare(BtfType type, string name, int indent)
    {
        string declarator = name, qualifiers = "";
        for (int depth = 0; depth < BtfFile.MaxDepth; depth++, type = type.Target)
        {
            switch (type.Kind)
            {
                case BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict:
                    string qualifier = type.Kind.ToString().ToLowerInvariant();
                    if (!qualifiers.Split(' ').Contains(qualifier))
                        qualifiers = Joined(qualifier, qualifiers);
                    break;
                case BtfKind.TypeTag:
                    qualifiers = Joined(AttributeOf(type), qualifiers);
                    break;
                case BtfKind.Pointer:
                    bool isClose = qualifiers.Length == 0 && !declarator.StartsWith('(');
                    declarator = isClose ? $"*{declarator}" : Joined(Joined("*", qualifiers), declarator);
                    qualifiers = "";
                    break;
                case BtfKind.Array:
                    declarator = $"{Enclosed(declarator)}[{type.ElementCount}]";
                    break;
                case BtfKind.FunctionPrototype:
                    declarator = $"{Enclosed(declarator)}({Parameters(type, indent)})";
                    qualifiers = "";
                    break;
                case BtfKind.Function or BtfKind.Variable or BtfKind.DeclarationTag:
                    break;
                default:
                    return Joined(Joined(qualifiers, Specifier(type, indent)), declarator);
            }
        }
        throw Endless(type);
    }

    private static string Enclosed(string declarator) => declarator.StartsWith('*') ? $"({declarator})" : declarator;

    private static string AttributeOf(BtfType tag) =>
        tag.KindFlag ? $"__attribute__(({tag.Name}))" : $"__attribute__((btf_type_tag(\"{tag.Name}\")))";

    private string Parameters(BtfType prototype, int indent)
    {
        CheckDepth(prototype);
        IReadOnlyList<BtfParameter> parameters = prototype.Parameters;
        bool isLast(int i) => i == parameters.Count - 1;
        return parameters.Count == 0
            ? "void"
            : string.Join(", ", parameters.Select((p, i) => p.IsVariadic && isLast(i) ? "..." : Declare(p.Type, p.Name, indent)));
    }

    private string Specifier(BtfType type, int indent)
    {
        switch (type.Kind)
        {
            case BtfKind.Void:
                return "void";
            case BtfKind.Struct or BtfKind.Union:
                string keyword = type.Kind == BtfKind.Struct ? "struct" : "union";
                return type.NameBytes.IsEmpty ? StructDefinition(Inlined(type, indent), indent) : $"{keyword} {names.Of(type)}";
            case BtfKind.Enum or BtfKind.Enum64:
                return type.NameBytes.IsEmpty ? EnumDefinition(Inlined(type, indent), indent) : $"enum {names.Of(type)}";
            case BtfKind.Forward:
                return $"{(type.IsUnionForward ? "union" : "struct")} {names.Of(type)}";
            case BtfKind.Typedef:
                return names.Of(type);
            case BtfKind.DataSection:
                throw Unprintable(type, "is no type of a value");
            default:
                return type.Name;
        }
    }

    // A type without a name is written where it is used, mostly once. Broken types hold each other so often that the text would
    // never end.
    private BtfType Inlined(BtfType type, int indent)
    {
        inlinedMembers += (ulong)type.Count + 1;
        return indent < BtfFile.MaxDepth && inlinedMembers <= 4 * file.WordCount + 1000 ? type : throw Endless(type);
    }
}
