using System.Reflection;

namespace Imker.Architecture.Tests;

/// <summary>The public types and members of an assembly, a line each, sorted.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) =>
        assembly.GetExportedTypes().SelectMany(type => MembersOf(type).Prepend(Describe(type))).Distinct().Order(StringComparer.Ordinal);

    private static string Describe(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsAbstract && type.IsSealed ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        return $"{NameOf(type)} : {kind}";
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        string owner = NameOf(type);
        foreach (FieldInfo field in type.GetFields(Declared).Where(f => (f.IsPublic || f.IsFamily) && !f.IsSpecialName))
            yield return $"{owner}.{field.Name} : {(field.IsLiteral ? $"const {NameOf(field.FieldType)} = {field.GetRawConstantValue()}" : NameOf(field.FieldType))}";
        foreach (PropertyInfo property in type.GetProperties(Declared))
        {
            string accessors = string.Join(' ', new[] { Accessor(property.GetMethod, "get"), Accessor(property.SetMethod, IsInit(property) ? "init" : "set") }.OfType<string>());
            if (accessors.Length > 0)
                yield return $"{owner}.{property.Name}{Parameters(property.GetIndexParameters(), '[', ']', always: false)} : {NameOf(property.PropertyType)} {{ {accessors} }}";
        }
        foreach (EventInfo e in type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod)))
            yield return $"{owner}.{e.Name} : event {NameOf(e.EventHandlerType!)}";
        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(c => IsVisible(c)))
            yield return $"{owner}{Parameters(constructor.GetParameters(), '(', ')', always: true)}";
        foreach (MethodInfo method in type.GetMethods(Declared).Where(m => IsVisible(m) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)) && !m.Name.Contains('<')))
            yield return $"{owner}.{method.Name}{Generics(method.GetGenericArguments())}{Parameters(method.GetParameters(), '(', ')', always: true)} : {NameOf(method.ReturnType)}";
    }

    private static string? Accessor(MethodInfo? method, string word) => IsVisible(method) ? word : null;

    private static bool IsVisible(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static bool IsInit(PropertyInfo property) =>
        property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit") == true;

    private static string Parameters(ParameterInfo[] parameters, char open, char close, bool always) => parameters.Length == 0 && !always
        ? ""
        : open + string.Join(", ", parameters.Select(p => $"{(p.IsOut ? "out " : "")}{NameOf(p.ParameterType)} {p.Name}{(p.IsOptional ? " = …" : "")}")) + close;

    private static string Generics(Type[] arguments) => arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(NameOf))}>";

    private static string NameOf(Type type)
    {
        if (type.IsByRef)
            return NameOf(type.GetElementType()!) + "&";
        if (type.IsPointer)
            return NameOf(type.GetElementType()!) + "*";
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return type.Name;
        string name = type.IsNested ? $"{NameOf(type.DeclaringType!)}.{type.Name}" : type.Namespace is "System" ? type.Name : $"{type.Namespace}.{type.Name}";
        int tick = name.LastIndexOf('`');
        return tick < 0 || !type.IsGenericType ? name : name[..tick] + Generics(type.GetGenericArguments());
    }
}
