using System.Text.Json;

namespace Imker.Objects;

/// <summary>Variables in JSON.</summary>
internal static class VariableModel
{
    public static void Write(Utf8JsonWriter json, GlobalVariable variable)
    {
        json.WriteStartObject();
        json.WriteString("name", variable.Name);
        json.WriteString("map", variable.Map);
        json.WriteNumber("offset", variable.Offset);
        json.WriteNumber("size", variable.Size);
        if (variable.IsStatic)
            json.WriteBoolean("static", true);
        if (variable.IsWeak)
            json.WriteBoolean("weak", true);
        json.WriteEndObject();
    }

    public static GlobalVariable Read(ModelNode node) => new(node.Text("name"), node.Text("map"), node.Int32("offset"), node.Int32("size"))
    {
        IsStatic = node.Flag("static"),
        IsWeak = node.Flag("weak"),
    };

    public static void Write(Utf8JsonWriter json, KernelVariable variable)
    {
        json.WriteStartObject();
        json.WriteString("name", variable.Name);
        json.WriteString("kind", ModelNames.Of(variable.Kind));
        json.WriteNumber("offset", variable.Offset);
        json.WriteNumber("size", variable.Size);
        if (variable.IsSigned)
            json.WriteBoolean("signed", true);
        if (variable.IsWeak)
            json.WriteBoolean("weak", true);
        json.WriteEndObject();
    }

    public static KernelVariable ReadKernel(ModelNode node) =>
        new(node.Text("name"), node.Int32("offset"), node.Int32("size"), node.Member<KernelVariableKind>("kind"))
        {
            IsSigned = node.Flag("signed"),
            IsWeak = node.Flag("weak"),
        };
}
