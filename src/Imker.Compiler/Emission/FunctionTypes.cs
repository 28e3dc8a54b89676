using Imker.Btf;
using Imker.Compiler.Ir;

namespace Imker.Compiler.Emission;

/// <summary>The BTF of the functions: what the kernel names them by, and wants for callbacks and line info.</summary>
internal sealed class FunctionTypes
{
    private readonly BtfBuilder builder = new();

    public uint Add(IrFunction function)
    {
        BtfParameterSpec[] parameters =
            [.. function.Parameters.Select(parameter => new BtfParameterSpec(Identifier(parameter.Name), TypeOf(parameter.Type)))];
        uint prototype = builder.AddFunctionPrototype(TypeOf(function.ReturnType), parameters);
        return builder.AddFunction(
            Identifier(function.Name), prototype, function.IsGlobal ? BtfLinkage.Global : BtfLinkage.Static);
    }

    public byte[] ToArray() => builder.ToArray();

    private uint TypeOf(IrType type) => type.Kind switch
    {
        IrTypeKind.Void => 0,
        IrTypeKind.Pointer => builder.AddPointer(0),
        IrTypeKind.I64 => builder.AddInt("long", 8, BtfIntEncoding.Signed),
        _ => builder.AddInt("int", 4, BtfIntEncoding.Signed),
    };

    // The kernel takes C identifiers only.
    private static string Identifier(string name)
    {
        string identifier = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        return identifier.Length == 0 || char.IsAsciiDigit(identifier[0]) ? "_" + identifier : identifier;
    }
}
