namespace Imker.Btf;

/// <summary>What the kinds of relocations have in common.</summary>
internal static class CoreRelocationKinds
{
    public static bool IsField(this CoreRelocationKind kind) => kind <= CoreRelocationKind.FieldRightShift;

    public static bool IsEnumerator(this CoreRelocationKind kind) =>
        kind is CoreRelocationKind.EnumeratorExists or CoreRelocationKind.EnumeratorValue;

    public static bool IsKnown(this CoreRelocationKind kind) => kind <= CoreRelocationKind.TypeMatches;

    /// <summary>As messages call what is asked: <c>byte offset</c>.</summary>
    public static string Describe(this CoreRelocationKind kind) => kind switch
    {
        CoreRelocationKind.FieldByteOffset => "byte offset of field",
        CoreRelocationKind.FieldByteSize => "byte size of field",
        CoreRelocationKind.FieldExists => "existence of field",
        CoreRelocationKind.FieldSigned => "signedness of field",
        CoreRelocationKind.FieldLeftShift => "left shift of field",
        CoreRelocationKind.FieldRightShift => "right shift of field",
        CoreRelocationKind.TypeIdLocal => "local id of type",
        CoreRelocationKind.TypeIdTarget => "target id of type",
        CoreRelocationKind.TypeExists => "existence of type",
        CoreRelocationKind.TypeSize => "size of type",
        CoreRelocationKind.EnumeratorExists => "existence of enumerator",
        CoreRelocationKind.EnumeratorValue => "value of enumerator",
        CoreRelocationKind.TypeMatches => "match of type",
        _ => $"relocation of kind {(uint)kind} for",
    };
}
