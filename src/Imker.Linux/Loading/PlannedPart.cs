using Imker.Objects;

namespace Imker.Linux;

/// <summary>An attachment of the blueprint, and the same with its cookies where they are used and nowhere else.</summary>
internal readonly record struct PlannedPart(AttachSpec Original, AttachSpec Effective);
