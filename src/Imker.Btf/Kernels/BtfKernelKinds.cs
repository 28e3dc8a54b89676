namespace Imker.Btf;

/// <summary>What kernels learned to read in BTF one after the other.</summary>
[Flags]
public enum BtfKernelKinds
{
    None = 0,

    /// <summary><c>BTF_KIND_VAR</c> and <c>BTF_KIND_DATASEC</c>, kernel 5.2.</summary>
    Variables = 1 << 0,

    /// <summary>Functions that are marked as global, kernel 5.6.</summary>
    GlobalFunctions = 1 << 1,

    /// <summary><c>BTF_KIND_FLOAT</c>, kernel 5.13.</summary>
    Floats = 1 << 2,

    /// <summary><c>BTF_KIND_DECL_TAG</c>, kernel 5.16.</summary>
    DeclarationTags = 1 << 3,

    /// <summary><c>BTF_KIND_TYPE_TAG</c>, kernel 5.17.</summary>
    TypeTags = 1 << 4,

    /// <summary><c>BTF_KIND_ENUM64</c>, kernel 6.0.</summary>
    Enum64 = 1 << 5,

    All = (1 << 6) - 1,
}
