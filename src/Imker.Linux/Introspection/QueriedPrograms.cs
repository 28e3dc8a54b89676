using System.Collections.Immutable;

namespace Imker.Linux;

/// <summary>Programs that are attached somewhere, in the order in which they run.</summary>
/// <param name="ProgramIds">Their numbers.</param>
/// <param name="AttachFlags"><c>BPF_F_ALLOW_OVERRIDE</c> is 1, <c>BPF_F_ALLOW_MULTI</c> 2.</param>
public sealed record QueriedPrograms(ImmutableArray<uint> ProgramIds, uint AttachFlags)
{
    internal static QueriedPrograms None { get; } = new([], 0);
}
