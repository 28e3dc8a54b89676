namespace Imker.Inspect;

/// <summary>What an object of the kernel is found by.</summary>
public enum SelectorKind
{
    /// <summary>Its number.</summary>
    Id,

    /// <summary>A path in a file system of BPF.</summary>
    Pinned,

    /// <summary>Of programs: the hash of the code.</summary>
    Tag,

    /// <summary>Its name, which several may have.</summary>
    Name,
}
