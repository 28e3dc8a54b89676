namespace Imker.Linux;

/// <summary>The kinds of objects that the kernel gives numbers to.</summary>
public enum KernelObjectKind
{
    Program,
    Map,
    Link,

    /// <summary>Type information: the kernel's own, its modules', that of loaded programs.</summary>
    Btf,
}
