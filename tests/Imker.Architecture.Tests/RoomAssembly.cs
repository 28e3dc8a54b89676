using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Imker.Architecture.Tests;

/// <summary>What the metadata of one built room says.</summary>
internal sealed class RoomAssembly
{
    private static readonly Lazy<IReadOnlyList<RoomAssembly>> Built = new(() =>
        [.. Repository.Rooms().Select(project => new RoomAssembly(Path.GetFileNameWithoutExtension(project)))]);

    private readonly MetadataReader metadata;

    private RoomAssembly(string room)
    {
        Room = room;
        // The one assembly that is not named as its project.
        string file = Path.Combine(AppContext.BaseDirectory, (room == "Imker.Cli" ? "imker" : room) + ".dll");
        PEReader image = new(File.OpenRead(file));
        metadata = image.GetMetadataReader();
    }

    public static IReadOnlyList<RoomAssembly> All => Built.Value;

    public string Room { get; }

    public IEnumerable<string> References => metadata.AssemblyReferences.Select(h => Text(metadata.GetAssemblyReference(h).Name));

    public bool HasUnsafeCode => metadata.GetModuleDefinition().GetCustomAttributes()
        .Select(metadata.GetCustomAttribute)
        .Any(a => a.Constructor.Kind == HandleKind.MemberReference
            && FullName(metadata.GetMemberReference((MemberReferenceHandle)a.Constructor).Parent) == "System.Security.UnverifiableCodeAttribute");

    public IEnumerable<string> NativeImports => metadata.MethodDefinitions
        .Select(metadata.GetMethodDefinition)
        .Where(m => m.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
        .Select(m => FullName(m.GetDeclaringType()) + "::" + Text(m.Name));

    /// <summary>Types and members of other assemblies that the code names: <c>Namespace.Type</c> and <c>Namespace.Type::Member</c>.</summary>
    public IEnumerable<string> Uses => metadata.TypeReferences.Select(h => FullName(h))
        .Concat(metadata.MemberReferences.Select(metadata.GetMemberReference).Select(m => FullName(m.Parent) + "::" + Text(m.Name)));

    public IEnumerable<RoomType> Types => metadata.TypeDefinitions.Select(h =>
    {
        TypeDefinition type = metadata.GetTypeDefinition(h);
        return new RoomType(FullName(h), type.Attributes, type.BaseType.IsNil ? null : FullName(type.BaseType));
    });

    private string Text(StringHandle handle) => metadata.GetString(handle);

    private string FullName(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeReference => FullName(metadata.GetTypeReference((TypeReferenceHandle)handle)),
        HandleKind.TypeDefinition => FullName(metadata.GetTypeDefinition((TypeDefinitionHandle)handle)),
        HandleKind.TypeSpecification => GenericDefinition((TypeSpecificationHandle)handle),
        _ => "",
    };

    private string FullName(TypeReference type) => type.ResolutionScope.Kind == HandleKind.TypeReference
        ? FullName(type.ResolutionScope) + "+" + Text(type.Name)
        : Text(type.Namespace) + "." + Text(type.Name);

    private string FullName(TypeDefinition type) => type.GetDeclaringType() is { IsNil: false } outer
        ? FullName(outer) + "+" + Text(type.Name)
        : Text(type.Namespace) + "." + Text(type.Name);

    private string GenericDefinition(TypeSpecificationHandle handle)
    {
        BlobReader signature = metadata.GetBlobReader(metadata.GetTypeSpecification(handle).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return "";
        signature.ReadCompressedInteger();
        return FullName(signature.ReadTypeHandle());
    }
}

/// <summary>A type as its room declares it.</summary>
internal sealed record RoomType(string FullName, TypeAttributes Attributes, string? BaseType)
{
    /// <summary>Not a closure, and not the class around top-level statements.</summary>
    public bool IsDeclared => !FullName.Contains('<', StringComparison.Ordinal) && FullName != ".Program";

    public bool CanBeInherited => Attributes.HasFlag(TypeAttributes.Class)
        && (Attributes & (TypeAttributes.Sealed | TypeAttributes.Abstract | TypeAttributes.Interface)) == 0;
}
