using System.Collections.Immutable;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>What one link is made for.</summary>
/// <param name="Whole">All of it in one.</param>
/// <param name="Parts">What it stands for, one of the blueprint's attachments each.</param>
internal sealed record PlannedAttachment(AttachSpec Whole, ImmutableArray<PlannedPart> Parts);
