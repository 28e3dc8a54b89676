using System.Collections.Immutable;

namespace Imker.Script.Listing;

/// <summary>A probe that a script can name.</summary>
/// <param name="Name">As a script writes it; the form alone, ended by a colon, where a number has to follow.</param>
/// <param name="Arguments">Type and name of each field of <c>args</c>.</param>
public sealed record ListedProbe(string Name, ImmutableArray<string> Arguments);
