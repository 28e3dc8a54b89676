namespace Imker.Script.Syntax;

public enum BinaryOperator : byte
{
    LogicalOr,
    LogicalAnd,
    BitwiseOr,
    BitwiseXor,
    BitwiseAnd,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    ShiftLeft,
    ShiftRight,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

public enum UnaryOperator : byte
{
    Negate,
    Complement,
    Not,
    Dereference,
    AddressOf,
}

/// <summary>Spelling and precedence of the operators. The precedence is that of C.</summary>
public static class OperatorFacts
{
    private readonly record struct Row(BinaryOperator Operator, string Text, int Precedence, TokenKind Token, TokenKind CompoundToken);

    // In the order of BinaryOperator; EndOfFile stands where there is no compound assignment.
    private static readonly Row[] Rows =
    [
        new(BinaryOperator.LogicalOr, "||", 1, TokenKind.PipePipe, TokenKind.EndOfFile),
        new(BinaryOperator.LogicalAnd, "&&", 2, TokenKind.AmpersandAmpersand, TokenKind.EndOfFile),
        new(BinaryOperator.BitwiseOr, "|", 3, TokenKind.Pipe, TokenKind.PipeEqual),
        new(BinaryOperator.BitwiseXor, "^", 4, TokenKind.Caret, TokenKind.CaretEqual),
        new(BinaryOperator.BitwiseAnd, "&", 5, TokenKind.Ampersand, TokenKind.AmpersandEqual),
        new(BinaryOperator.Equal, "==", 6, TokenKind.EqualEqual, TokenKind.EndOfFile),
        new(BinaryOperator.NotEqual, "!=", 6, TokenKind.BangEqual, TokenKind.EndOfFile),
        new(BinaryOperator.Less, "<", 7, TokenKind.Less, TokenKind.EndOfFile),
        new(BinaryOperator.LessOrEqual, "<=", 7, TokenKind.LessEqual, TokenKind.EndOfFile),
        new(BinaryOperator.Greater, ">", 7, TokenKind.Greater, TokenKind.EndOfFile),
        new(BinaryOperator.GreaterOrEqual, ">=", 7, TokenKind.GreaterEqual, TokenKind.EndOfFile),
        new(BinaryOperator.ShiftLeft, "<<", 8, TokenKind.LessLess, TokenKind.LessLessEqual),
        new(BinaryOperator.ShiftRight, ">>", 8, TokenKind.GreaterGreater, TokenKind.GreaterGreaterEqual),
        new(BinaryOperator.Add, "+", 9, TokenKind.Plus, TokenKind.PlusEqual),
        new(BinaryOperator.Subtract, "-", 9, TokenKind.Minus, TokenKind.MinusEqual),
        new(BinaryOperator.Multiply, "*", 10, TokenKind.Star, TokenKind.StarEqual),
        new(BinaryOperator.Divide, "/", 10, TokenKind.Slash, TokenKind.SlashEqual),
        new(BinaryOperator.Remainder, "%", 10, TokenKind.Percent, TokenKind.PercentEqual),
    ];

    private static readonly sbyte[] RowOfToken = IndexTokens(row => row.Token);
    private static readonly sbyte[] RowOfCompoundToken = IndexTokens(row => row.CompoundToken);

    public static string TextOf(BinaryOperator op) => Rows[(int)op].Text;

    public static string TextOf(UnaryOperator op) => op switch
    {
        UnaryOperator.Negate => "-",
        UnaryOperator.Complement => "~",
        UnaryOperator.Not => "!",
        UnaryOperator.Dereference => "*",
        _ => "&",
    };

    internal static string TextOf(TokenKind kind) =>
        RowOfToken[(int)kind] is >= 0 and var row ? Rows[row].Text : Rows[RowOfCompoundToken[(int)kind]].Text + "=";

    internal static bool TryGetBinary(TokenKind kind, out BinaryOperator op, out int precedence)
    {
        int row = RowOfToken[(int)kind];
        (op, precedence) = row < 0 ? default : (Rows[row].Operator, Rows[row].Precedence);
        return row >= 0;
    }

    /// <summary>Whether a token assigns; <paramref name="op"/> is null for the plain <c>=</c>.</summary>
    internal static bool TryGetAssignment(TokenKind kind, out BinaryOperator? op)
    {
        int row = RowOfCompoundToken[(int)kind];
        op = row < 0 ? null : Rows[row].Operator;
        return row >= 0 || kind == TokenKind.Equal;
    }

    internal static bool TryGetUnary(TokenKind kind, out UnaryOperator op)
    {
        (bool found, op) = kind switch
        {
            TokenKind.Minus => (true, UnaryOperator.Negate),
            TokenKind.Tilde => (true, UnaryOperator.Complement),
            TokenKind.Bang => (true, UnaryOperator.Not),
            TokenKind.Star => (true, UnaryOperator.Dereference),
            TokenKind.Ampersand => (true, UnaryOperator.AddressOf),
            _ => default,
        };
        return found;
    }

    private static sbyte[] IndexTokens(Func<Row, TokenKind> tokenOf)
    {
        var index = new sbyte[(int)TokenKind.While + 1];
        Array.Fill(index, (sbyte)-1);
        for (int i = 0; i < Rows.Length; i++)
        {
            if (tokenOf(Rows[i]) != TokenKind.EndOfFile)
                index[(int)tokenOf(Rows[i])] = (sbyte)i;
        }
        return index;
    }
}
