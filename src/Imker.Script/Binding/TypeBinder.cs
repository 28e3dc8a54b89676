using System.Collections.Immutable;
using Imker.Btf;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Syntax;
using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>Finds the types that a script names: built in, defined in the script, or the kernel's.</summary>
internal sealed class TypeBinder(ScriptSyntax script, ITargetFacts facts, int maxString)
{
    private readonly Dictionary<string, ScriptType?> tags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StructDefinitionSyntax> structs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypedefSyntax> typedefs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Value, ScriptType Type)> enumerators = new(StringComparer.Ordinal);
    private readonly HashSet<string> inProgress = new(StringComparer.Ordinal);

    /// <summary>Reads the definitions of the script; must be called once, before anything is asked.</summary>
    public void Define(DiagnosticBag diagnostics)
    {
        foreach (TypeDefinitionSyntax definition in script.TypeDefinitions)
        {
            switch (definition)
            {
                case StructDefinitionSyntax { Name: { } name } structure:
                    structs[$"{Keyword(structure.Kind)} {name.Text}"] = structure;
                    break;
                case EnumDefinitionSyntax enumeration:
                    DefineEnum(enumeration, diagnostics);
                    break;
                case TypedefSyntax typedef:
                    typedefs[typedef.Name.Text] = typedef;
                    break;
            }
        }
        foreach (TypeDefinitionSyntax definition in script.TypeDefinitions)
        {
            if (definition is StructDefinitionSyntax { Name: { } name } structure)
                FindTag(structure.Kind, name.Text, diagnostics);
        }
    }

    /// <summary>An enumerator of the script or the kernel.</summary>
    public bool TryFindEnumerator(string name, out long value, out ScriptType type)
    {
        if (enumerators.TryGetValue(name, out (long Value, ScriptType Type) own))
        {
            (value, type) = own;
            return true;
        }
        (value, type) = (0, ScriptType.Int32);
        // Enumerators are written in capitals; asking BTF for every misspelled builtin would read all of it.
        if (name.Any(char.IsAsciiLetterLower) || facts.KernelBtf is not { } btf || !btf.TryFindEnumerator(name, out BtfEnumerator enumerator))
            return false;
        (value, type) = (enumerator.Value, BtfTypes.Of(enumerator.Type));
        return true;
    }

    public IEnumerable<string> EnumeratorNames => enumerators.Keys;

    /// <summary>A type that may be written anywhere; null, and reported, when there is none.</summary>
    public ScriptType? Bind(TypeSyntax syntax, Func<ExpressionSyntax, ScriptType> typeOf, DiagnosticBag diagnostics)
    {
        switch (syntax)
        {
            case NamedTypeSyntax named:
                return FindNamed(named.Name, typeOf, diagnostics) ?? Unknown(named.Span, named.Name, diagnostics);
            case TagTypeSyntax tag:
                return FindTag(tag.Kind, tag.Name.Text, diagnostics) ??
                    Unknown(tag.Span, $"{Keyword(tag.Kind)} {tag.Name.Text}", diagnostics);
            case PointerTypeSyntax { Target: TagTypeSyntax tag }:
                // A pointer to a structure that nobody defines can still be held and compared.
                return new PointerType(FindTag(tag.Kind, tag.Name.Text, diagnostics) ??
                    Unknown(tag.Span, $"{Keyword(tag.Kind)} {tag.Name.Text}", diagnostics) ?? ScriptType.None, AddressSpace.Unknown);
            case PointerTypeSyntax pointer:
                return Bind(pointer.Target, typeOf, diagnostics) is { } target ? new PointerType(target, AddressSpace.Unknown) : null;
            case ArrayTypeSyntax array:
                return BindArray(array, typeOf, diagnostics);
            case TypeofSyntax { Operand: TypeExpressionSyntax type }:
                return Bind(type.Type, typeOf, diagnostics);
            case TypeofSyntax of:
                return typeOf(of.Operand);
            case InlineTypeSyntax { Definition: StructDefinitionSyntax structure }:
                return LayOut(structure, structure.Name?.Text ?? "", diagnostics);
            case InlineTypeSyntax { Definition: EnumDefinitionSyntax enumeration }:
                return DefineEnum(enumeration, diagnostics);
            case FunctionPointerTypeSyntax:
                return new PointerType(ScriptType.None, AddressSpace.Unknown);
            default:
                return null;
        }
    }

    /// <summary>A type by a lone name, such as the operand of <c>sizeof</c>; null when there is none.</summary>
    public ScriptType? FindNamed(string name, DiagnosticBag diagnostics) => FindNamed(name, _ => ErrorType.Instance, diagnostics);

    /// <summary>A structure by the words of C: <c>struct sock</c>.</summary>
    public ScriptType? FindWords(string words, DiagnosticBag diagnostics) => words.Split(' ') switch
    {
        ["struct", var name] => FindTag(TagKind.Struct, name, diagnostics),
        ["union", var name] => FindTag(TagKind.Union, name, diagnostics),
        ["enum", var name] => FindTag(TagKind.Enum, name, diagnostics),
        [var name] => FindNamed(name, diagnostics),
        _ => null,
    };

    private ScriptType? FindNamed(string name, Func<ExpressionSyntax, ScriptType> typeOf, DiagnosticBag diagnostics)
    {
        switch (name)
        {
            case "bool":
                return ScriptType.Boolean;
            case "void":
                return ScriptType.None;
            case "string":
                return new StringType(maxString);
            case "buffer":
                return new BufferType(maxString);
            case "inet":
                return new InternetAddressType();
        }
        if (WellKnown.IntegerOfWords(name) is { } integer)
            return integer;
        if (typedefs.TryGetValue(name, out TypedefSyntax? typedef) && inProgress.Add(name))
        {
            ScriptType? type = Bind(typedef.Type, typeOf, diagnostics);
            inProgress.Remove(name);
            return type;
        }
        if (FindTag(TagKind.Struct, name, diagnostics) is { } structure)
            return structure;
        return facts.KernelBtf is { } btf && btf.TryFind(BtfKind.Typedef, name, out BtfType known) ? BtfTypes.Of(known) : null;
    }

    private ScriptType? FindTag(TagKind kind, string name, DiagnosticBag diagnostics)
    {
        string key = $"{Keyword(kind)} {name}";
        if (tags.TryGetValue(key, out ScriptType? known))
            return known;
        if (structs.TryGetValue(key, out StructDefinitionSyntax? definition))
        {
            if (!inProgress.Add(key))
            {
                diagnostics.Error(BindErrorId.UnknownType, definition.Name!.Span, $"'{key}' contains itself");
                return null;
            }
            known = LayOut(definition, name, diagnostics);
            inProgress.Remove(key);
        }
        else if (facts.KernelBtf is { } btf)
        {
            BtfKind wanted = kind switch { TagKind.Struct => BtfKind.Struct, TagKind.Union => BtfKind.Union, _ => BtfKind.Enum };
            known = btf.TryFind(wanted, name, out BtfType type) || kind == TagKind.Enum && btf.TryFind(BtfKind.Enum64, name, out type)
                ? BtfTypes.Of(type)
                : null;
        }
        tags[key] = known;
        return known;
    }

    private static string Keyword(TagKind kind) => kind.ToString().ToLowerInvariant();

    private ScriptType? Unknown(SourceSpan span, string name, DiagnosticBag diagnostics)
    {
        IEnumerable<string> candidates = name.Contains(' ')
            ? structs.Keys
            : WellKnown.Integers.Keys.Concat(typedefs.Keys).Concat(["bool", "string", "buffer", "inet"]);
        diagnostics.Error(BindErrorId.UnknownType, span, $"there is no type '{Lexer.Shorten(name)}'{Spelling.Suggestion(name, candidates)}",
            facts.KernelBtf is null ? ["the kernel's types cannot be read: it has no BTF, or it is not readable"] : []);
        return null;
    }

    private ScriptType? BindArray(ArrayTypeSyntax array, Func<ExpressionSyntax, ScriptType> typeOf, DiagnosticBag diagnostics)
    {
        int length = 0;
        if (array.Length is not null && !TryLength(array.Length, diagnostics, out length))
            return null;
        switch (array.Element)
        {
            case NamedTypeSyntax { Name: "string" }:
                return new StringType(Math.Max(1, length));
            case NamedTypeSyntax { Name: "buffer" }:
                return new BufferType(length);
            case NamedTypeSyntax { Name: "inet" }:
                return new InternetAddressType();
            case NamedTypeSyntax { Name: "char" } when length > 0:
                return new StringType(length);
            default:
                return Bind(array.Element, typeOf, diagnostics) is { } element ? new ArrayType(element, length) : null;
        }
    }

    private bool TryLength(ExpressionSyntax length, DiagnosticBag diagnostics, out int value)
    {
        value = 0;
        if (!TryConstant(length, out long number))
        {
            diagnostics.Error(BindErrorId.NotConstant, length.Span, "expected a number that is known when the script is compiled");
            return false;
        }
        if (number is < 0 or > 1 << 20)
        {
            diagnostics.Error(BindErrorId.OutOfRange, length.Span, "the size of an array is from 0 to 1,048,576");
            return false;
        }
        value = (int)number;
        return true;
    }

    /// <summary>A number of a C definition: a literal, an enumerator, or arithmetic on them.</summary>
    private bool TryConstant(ExpressionSyntax expression, out long value)
    {
        value = 0;
        switch (expression)
        {
            case IntegerLiteralSyntax literal:
                value = (long)literal.Value;
                return true;
            case IdentifierSyntax identifier:
                return TryFindEnumerator(identifier.Name, out value, out _);
            case UnarySyntax { Operator: UnaryOperator.Negate } unary when TryConstant(unary.Operand, out long operand):
                value = unchecked(-operand);
                return true;
            case BinarySyntax { Left: not BinarySyntax { Left: BinarySyntax } } binary when TryConstant(binary.Left, out long left) && TryConstant(binary.Right, out long right):
                return ConstantFolding.TryEvaluate(Operations.Of(binary.Operator), left, right, isSigned: true, out value);
            default:
                return false;
        }
    }

    private EnumType DefineEnum(EnumDefinitionSyntax enumeration, DiagnosticBag diagnostics)
    {
        var names = ImmutableArray.CreateBuilder<EnumName>(enumeration.Enumerators.Length);
        long next = 0;
        foreach (EnumeratorSyntax enumerator in enumeration.Enumerators)
        {
            if (enumerator.Value is { } value && !TryConstant(value, out next))
                diagnostics.Error(BindErrorId.NotConstant, value.Span, "expected a number that is known when the script is compiled");
            enumerators[enumerator.Name.Text] = (next, ScriptType.Int32);
            names.Add(new EnumName(next++, enumerator.Name.Text));
        }
        int bytes = names.Any(name => name.Value is < int.MinValue or > uint.MaxValue) ? 8 : 4;
        var type = new EnumType(enumeration.Name?.Text ?? "", bytes, names.Any(name => name.Value < 0), names.DrainToImmutable());
        foreach (EnumName name in type.Names)
            enumerators[name.Name] = (name.Value, type);
        if (enumeration.Name is { } own)
            tags[$"enum {own.Text}"] = type;
        return type;
    }

    private StructType LayOut(StructDefinitionSyntax definition, string name, DiagnosticBag diagnostics)
    {
        var layout = new ScriptStructLayout(definition.Kind == TagKind.Union, definition.Attributes.Any(attribute => attribute.Name.Text is "packed" or "__packed__"));
        foreach (FieldSyntax field in definition.Fields)
        {
            // A pointer is laid out before its target is known: structures may point to each other, and to themselves.
            ScriptType? type = field.Type is PointerTypeSyntax pointer
                ? new PointerType(TargetOf(pointer, diagnostics), AddressSpace.Unknown)
                : Bind(field.Type, _ => ErrorType.Instance, diagnostics);
            if (type is null)
                continue;
            int width = 0;
            if (field.BitWidth is not null && (!TryLength(field.BitWidth, diagnostics, out width) || width > 8 * type.Size))
                continue;
            layout.Add(field.Name?.Text, type, width, field.BitWidth is not null);
        }
        return new StructType(name, layout.Size, definition.Kind == TagKind.Union, layout);
    }

    private ScriptType TargetOf(PointerTypeSyntax pointer, DiagnosticBag diagnostics) => pointer.Target switch
    {
        TagTypeSyntax { Kind: not TagKind.Enum } tag when structs.ContainsKey($"{Keyword(tag.Kind)} {tag.Name.Text}") =>
            new StructType(tag.Name.Text, 0, tag.Kind == TagKind.Union, LaterLayout.Instance),
        TagTypeSyntax tag => FindTag(tag.Kind, tag.Name.Text, diagnostics) ?? ScriptType.None,
        PointerTypeSyntax inner => new PointerType(TargetOf(inner, diagnostics), AddressSpace.Unknown),
        _ => Bind(pointer.Target, _ => ErrorType.Instance, diagnostics) ?? ScriptType.None,
    };

    /// <summary>A type whose pointers to structures of the script have the structures' layouts.</summary>
    public ScriptType Complete(ScriptType type) => type switch
    {
        StructType { Layout: LaterLayout } later => tags.GetValueOrDefault($"{(later.IsUnion ? "union" : "struct")} {later.Name}") ?? ScriptType.None,
        PointerType pointer => pointer with { Target = Complete(pointer.Target) },
        ArrayType array => array with { Element = Complete(array.Element) },
        _ => type,
    };

    /// <summary>Stands for the layout of a structure behind a pointer, which may not have been read yet.</summary>
    private sealed class LaterLayout : IStructLayout
    {
        public static LaterLayout Instance { get; } = new();

        public IReadOnlyList<StructField> Fields => [];

        public StructField? Find(string name) => null;
    }
}
