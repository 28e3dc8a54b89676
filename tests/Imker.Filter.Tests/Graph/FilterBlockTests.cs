using Xunit;

namespace Imker.Filter.Tests.Graph;

public sealed class FilterBlockTests
{
    [Fact]
    public void A_block_without_targets_is_a_return()
    {
        var accept = new FilterBlock(new FilterStatement(0x06, 65535));
        var test = new FilterBlock(new FilterStatement(0x15, 1)) { TrueTarget = accept, FalseTarget = accept };
        Assert.True(accept.IsReturn);
        Assert.False(test.IsReturn);
    }

    [Fact]
    public void A_removed_statement_emits_nothing()
    {
        var statement = new FilterStatement(0x28, 12);
        statement.Remove();
        Assert.True(statement.IsNop);
    }
}
