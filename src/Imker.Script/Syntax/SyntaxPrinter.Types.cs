namespace Imker.Script.Syntax;

public sealed partial class SyntaxPrinter
{
    private void WriteType(TypeSyntax type)
    {
        switch (type)
        {
            case NamedTypeSyntax named:
                output.Append(named.Name.Contains(' ') ? $"({named.Name})" : named.Name);
                break;
            case TagTypeSyntax tag:
                output.Append($"({Keyword(tag.Kind)} {tag.Name.Text})");
                break;
            case PointerTypeSyntax pointer:
                output.Append("(pointer ");
                WriteType(pointer.Target);
                output.Append(')');
                break;
            case ArrayTypeSyntax array:
                output.Append("(array ");
                WriteType(array.Element);
                WriteOptional(array.Length);
                output.Append(')');
                break;
            case TypeofSyntax of:
                WriteList("typeof", null, of.Operand);
                break;
            case FunctionPointerTypeSyntax:
                output.Append("(function)");
                break;
            case InlineTypeSyntax inline:
                WriteDefinition(inline.Definition);
                break;
            default:
                output.Append("<error>");
                break;
        }
    }

    private void WriteDefinition(TypeDefinitionSyntax definition)
    {
        switch (definition)
        {
            case StructDefinitionSyntax structure:
                WriteStruct(structure);
                break;
            case EnumDefinitionSyntax enumeration:
                WriteEnum(enumeration);
                break;
            case TypedefSyntax typedef:
                output.Append($"(typedef {typedef.Name.Text} ");
                WriteType(typedef.Type);
                output.Append(')');
                break;
        }
    }

    private void WriteStruct(StructDefinitionSyntax structure)
    {
        output.Append($"({Keyword(structure.Kind)} {structure.Name?.Text ?? "-"}");
        foreach (AttributeSyntax attribute in structure.Attributes)
        {
            output.Append($" [{attribute.Name.Text}");
            WriteOptional(attribute.Argument);
            output.Append(']');
        }
        foreach (FieldSyntax field in structure.Fields)
        {
            output.Append($" ({field.Name?.Text ?? "-"} ");
            WriteType(field.Type);
            WriteOptional(field.BitWidth);
            output.Append(')');
        }
        output.Append(')');
    }

    private void WriteEnum(EnumDefinitionSyntax enumeration)
    {
        output.Append($"(enum {enumeration.Name?.Text ?? "-"}");
        foreach (EnumeratorSyntax enumerator in enumeration.Enumerators)
        {
            output.Append($" ({enumerator.Name.Text}");
            WriteOptional(enumerator.Value);
            output.Append(')');
        }
        output.Append(')');
    }

    private void WriteOptional(ExpressionSyntax? expression)
    {
        if (expression is null)
            return;
        output.Append(' ');
        WriteExpression(expression);
    }

    private static string Keyword(TagKind kind) => kind.ToString().ToLowerInvariant();
}
