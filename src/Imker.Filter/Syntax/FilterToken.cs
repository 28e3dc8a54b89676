using Imker.Diagnostics;

namespace Imker.Filter.Syntax;

/// <summary>A word, number, address or sign of a filter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Value">The number, or which of the words of its kind.</param>
public readonly record struct FilterToken(FilterTokenKind Kind, SourceSpan Span, uint Value = 0)
{
    private const int LongestShown = 60;

    /// <summary>As it stands in the filter, without the backslash that makes a word a name.</summary>
    public string Text => Span.Text is ['\\', .. var name] ? name.ToString() : Span.Text.ToString();

    /// <summary>For messages: <c>'vlan'</c>, or <c>the end of the filter</c>.</summary>
    public string Description => Kind == FilterTokenKind.End ? "the end of the filter" : $"'{Shorten(Span.Text)}'";

    /// <summary>A piece of a filter as messages show it: its beginning when it is long.</summary>
    internal static string Shorten(ReadOnlySpan<char> text) => text.Length <= LongestShown ? text.ToString() : $"{text[..LongestShown]}…";
}
