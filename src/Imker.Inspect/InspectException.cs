namespace Imker.Inspect;

/// <summary>What was asked for cannot be done: a sentence that says what and why.</summary>
public sealed class InspectException(string message) : Exception(message);
