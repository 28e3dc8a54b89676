namespace Imker.Filter.Generation;

/// <summary>Statements that are put together one behind the other.</summary>
internal sealed class StatementList : List<FilterStatement>
{
    public StatementList()
    {
    }

    public StatementList(ushort code, uint k = 0) => Add(new FilterStatement(code, k));

    public StatementList Then(ushort code, uint k = 0)
    {
        Add(new FilterStatement(code, k));
        return this;
    }

    public StatementList Then(IEnumerable<FilterStatement> others)
    {
        AddRange(others);
        return this;
    }

    /// <summary>Appends a statement that is jumped to, or from.</summary>
    public FilterStatement Append(ushort code, uint k = 0)
    {
        var statement = new FilterStatement(code, k);
        Add(statement);
        return statement;
    }
}
