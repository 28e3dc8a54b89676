using Imker.Objects;

namespace Imker.Linux;

/// <summary>An attachment that did not come about.</summary>
/// <param name="Attachment">What was to be attached, with its place in the source.</param>
/// <param name="Reason">A <see cref="BpfException"/> or a <see cref="FeatureNotSupportedException"/>.</param>
public sealed record AttachFailure(AttachSpec Attachment, Exception Reason);
