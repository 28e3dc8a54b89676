using System.Collections.Immutable;
using Imker.Btf;

namespace Imker.Verifier;

/// <summary>For whom a program is verified: a kernel, or the embedded machine.</summary>
public sealed record VerifierTarget
{
    /// <summary>The newest kernel whose rules are known.</summary>
    public static Version NewestKernel { get; } = new(6, 18);

    /// <summary>The kernels whose rules were measured, oldest first.</summary>
    public static ImmutableArray<Version> KnownKernels { get; } = [.. Tables.HelperAvailability.Kernels];

    /// <summary>The embedded machine: what is accepted for it never faults there.</summary>
    public static VerifierTarget Machine { get; } = new() { Kernel = NewestKernel, IsMachine = true, Name = "machine" };

    /// <summary>The kernel whose rules hold.</summary>
    public required Version Kernel { get; init; }

    public bool IsMachine { get; init; }

    /// <summary>As the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Loaded with CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN; true by default.</summary>
    public bool IsPrivileged { get; init; } = true;

    /// <summary>The target's own types; null where they are not known: programs that need them are refused.</summary>
    public BtfFile? Types { get; init; }

    /// <summary>Loops may be taken if every round changes something (5.3), and only by the privileged.</summary>
    internal bool AllowsLoops => IsPrivileged && Kernel >= new Version(5, 3);

    /// <summary>The rules of a kernel.</summary>
    /// <param name="kernel">Its version, such as 6.12.</param>
    /// <param name="types">Its types; null where they are not known.</param>
    public static VerifierTarget ForKernel(Version kernel, BtfFile? types = null) => new() { Kernel = kernel, Types = types, Name = kernel.ToString(2) };

    internal bool Has(int major, int minor) => Kernel >= new Version(major, minor);
}
