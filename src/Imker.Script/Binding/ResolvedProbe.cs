using System.Collections.Immutable;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;

namespace Imker.Script.Binding;

/// <summary>A place that a probe attaches to, wildcards expanded.</summary>
/// <param name="Name">The full name: what <c>probe</c> gives.</param>
/// <param name="Function">The traced function, where there is one by name.</param>
/// <param name="Attach">Where it goes; the program is filled in later.</param>
/// <param name="Format">Of a tracepoint: the layout of its context.</param>
internal sealed record ResolvedPoint(string Name, string? Function, AttachSpec Attach, TracepointFormat? Format = null);

/// <summary>The attach points of one probe of the script that are of one kind.</summary>
internal sealed record ResolvedProbe(ProbeSyntax Syntax, Bound.ProbeKind Kind, ImmutableArray<ResolvedPoint> Points);
