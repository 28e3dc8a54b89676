namespace Imker.Filter.Syntax;

/// <summary>How two numbers are compared, always without sign.</summary>
public enum Comparison : byte
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}
