namespace Imker.Diagnostics.Tests;

public sealed class DiagnosticBagTests
{
    private static readonly SourceText Source = new("x.bt", "one\ntwo\n");

    [Fact]
    public void The_same_finding_at_the_same_place_is_kept_once()
    {
        var bag = new DiagnosticBag();
        for (int i = 0; i < 3; i++)
            bag.Error("IMK1", Source.Span(4, 7), "wrong");

        Assert.Single(bag);
        Assert.Equal(1, bag.ErrorCount);
    }

    [Fact]
    public void After_a_hundred_errors_further_ones_are_counted_and_not_kept()
    {
        var bag = new DiagnosticBag();
        for (int i = 0; i < 250; i++)
            bag.Error("IMK1", SourceSpan.None, $"error {i}");

        Assert.Equal(DiagnosticBag.MaxErrors, bag.Count);
        Assert.Equal(150, bag.SuppressedErrors);
    }

    [Fact]
    public void Findings_are_sorted_by_place_with_those_without_place_last()
    {
        var bag = new DiagnosticBag();
        bag.Error("IMK1", SourceSpan.None, "nowhere");
        bag.Error("IMK1", Source.Span(4, 7), "second");
        bag.Warning("IMK1", Source.Span(0, 3), "first");

        Assert.Equal(["first", "second", "nowhere"], bag.ToSorted().Select(diagnostic => diagnostic.Message));
    }

    [Fact]
    public void Warnings_do_not_throw_and_errors_do_with_all_findings()
    {
        var bag = new DiagnosticBag();
        bag.Warning("IMK1", Source.Span(0, 3), "odd");
        bag.ThrowIfErrors();
        bag.Error("IMK2", Source.Span(4, 7), "wrong");

        var exception = Assert.Throws<DiagnosticException>(bag.ThrowIfErrors);
        Assert.Equal(2, exception.Diagnostics.Length);
        Assert.Equal("x.bt:2:1: Error: wrong", exception.Message);
    }
}
