using System.Collections.Immutable;
using Imker.Linux;

namespace Imker.Tracing;

/// <summary>Some probes of a script could not be attached; nothing is.</summary>
public sealed class AttachException(ImmutableArray<AttachFailure> failures)
    : Exception(string.Join('\n', failures.Select(f => f.Reason.Message)))
{
    public ImmutableArray<AttachFailure> Failures { get; } = failures;
}
