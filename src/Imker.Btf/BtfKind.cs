namespace Imker.Btf;

/// <summary>What a type is (<c>BTF_KIND_…</c> of <c>uapi/linux/btf.h</c>).</summary>
public enum BtfKind : byte
{
    /// <summary><c>BTF_KIND_UNKN</c>: type 0, <c>void</c>.</summary>
    Void = 0,
    Int = 1,
    /// <summary><c>BTF_KIND_PTR</c></summary>
    Pointer = 2,
    Array = 3,
    Struct = 4,
    Union = 5,
    Enum = 6,
    /// <summary><c>BTF_KIND_FWD</c></summary>
    Forward = 7,
    Typedef = 8,
    Volatile = 9,
    Const = 10,
    Restrict = 11,
    /// <summary><c>BTF_KIND_FUNC</c></summary>
    Function = 12,
    /// <summary><c>BTF_KIND_FUNC_PROTO</c></summary>
    FunctionPrototype = 13,
    /// <summary><c>BTF_KIND_VAR</c></summary>
    Variable = 14,
    /// <summary><c>BTF_KIND_DATASEC</c></summary>
    DataSection = 15,
    Float = 16,
    /// <summary><c>BTF_KIND_DECL_TAG</c></summary>
    DeclarationTag = 17,
    /// <summary><c>BTF_KIND_TYPE_TAG</c></summary>
    TypeTag = 18,
    Enum64 = 19,
}

/// <summary>How an integer is meant (<c>BTF_INT_…</c>).</summary>
[Flags]
public enum BtfIntEncoding : byte
{
    Unsigned = 0,
    Signed = 1,
    Char = 2,
    Bool = 4,
}

/// <summary>Who sees a function or a variable (<c>BTF_FUNC_…</c>, <c>BTF_VAR_…</c>).</summary>
public enum BtfLinkage : uint
{
    Static = 0,
    /// <summary>For a variable <c>BTF_VAR_GLOBAL_ALLOCATED</c>.</summary>
    Global = 1,
    /// <summary>For a variable <c>BTF_VAR_GLOBAL_EXTERN</c>.</summary>
    Extern = 2,
}
