namespace Imker.Objects;

/// <summary>The relocations of eBPF that an object has (<c>llvm/BinaryFormat/ELFRelocs/BPF.def</c>).</summary>
internal static class Relocation
{
    /// <summary><c>R_BPF_64_64</c>: the constant of a wide load.</summary>
    public const uint WideLoad = 1;

    /// <summary><c>R_BPF_64_ABS64</c>: an address in data, in the list of what a map of maps holds.</summary>
    public const uint Address = 2;

    /// <summary><c>R_BPF_64_32</c>: the distance of a call.</summary>
    public const uint Call = 10;
}
