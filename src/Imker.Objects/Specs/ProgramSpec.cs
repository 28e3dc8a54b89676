using Imker.Bytecode;

namespace Imker.Objects;

/// <summary>The blueprint of a program: its entry function and what the kernel is told about it at load.</summary>
public sealed record ProgramSpec
{
    /// <summary>Unique in the object. The kernel shows its first 15 characters.</summary>
    public required string Name { get; init; }

    public required ProgramType Type { get; init; }

    public required FunctionSpec Entry { get; init; }

    /// <summary>Null where the program type has none.</summary>
    public AttachType? ExpectedAttachType { get; init; }

    /// <summary>The kernel function, type or hook that the program is typed by, resolved by name in the kernel's BTF; null for most types.</summary>
    public string? AttachTarget { get; init; }

    /// <summary>May sleep (<c>BPF_F_SLEEPABLE</c>).</summary>
    public bool IsSleepable { get; init; }

    /// <summary>Takes packets that lie in several pieces (<c>BPF_F_XDP_HAS_FRAGS</c>, kernel 5.18).</summary>
    public bool TakesFragments { get; init; }

    /// <summary>Loaded with the object; one that is not, only when it is asked for by name.</summary>
    public bool IsAutoLoaded { get; init; } = true;

    /// <summary>What a person calls it: the probe as the script wrote it. Stands in messages.</summary>
    public string DisplayName { get; init; } = "";
}
