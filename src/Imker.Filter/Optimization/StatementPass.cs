using Imker.Bytecode.Classic;

namespace Imker.Filter.Optimization;

/// <summary>
/// Follows the values through the statements of a block, and where it may, writes simpler statements: constants for what is constant,
/// direct loads for indirect ones, nothing for what changes nothing.
/// </summary>
internal sealed class StatementPass(OptimizerGraph graph, ValueTable table)
{
    /// <summary>Set when the filter divides by zero or shifts too far.</summary>
    public OptimizationFault Fault { get; private set; }

    /// <summary>Follows one statement.</summary>
    /// <param name="statement">May be rewritten.</param>
    /// <param name="values">The number of each atom's value before it; becomes that behind it.</param>
    /// <param name="rewrite">Whether statements may be rewritten.</param>
    public void Run(FilterStatement statement, Span<int> values, bool rewrite)
    {
        switch (statement.Code)
        {
            case ClassicOpcode.LoadAbsoluteWord or ClassicOpcode.LoadAbsoluteHalf or ClassicOpcode.LoadAbsoluteByte:
                Set(statement, values, Atom.Accumulator, table.Number(statement.Code, statement.K, 0), rewrite);
                break;
            case ClassicOpcode.LoadIndirectWord or ClassicOpcode.LoadIndirectHalf or ClassicOpcode.LoadIndirectByte:
                LoadIndirect(statement, values, rewrite);
                break;
            case ClassicOpcode.LoadLength:
                Set(statement, values, Atom.Accumulator, table.Number(statement.Code, 0, 0), rewrite);
                break;
            case ClassicOpcode.LoadImmediate:
                Set(statement, values, Atom.Accumulator, table.Constant(statement.K), rewrite);
                break;
            case ClassicOpcode.LoadIndexImmediate:
                Set(statement, values, Atom.Index, table.Constant(statement.K), rewrite);
                break;
            case ClassicOpcode.LoadIndexHeaderLength:
                Set(statement, values, Atom.Index, table.Number(statement.Code, statement.K, 0), rewrite);
                break;
            case ClassicOpcode.LoadCell:
                LoadCell(statement, values, Atom.Accumulator, ClassicOpcode.LoadImmediate, rewrite);
                break;
            case ClassicOpcode.LoadIndexCell:
                LoadCell(statement, values, Atom.Index, ClassicOpcode.LoadIndexImmediate, rewrite);
                break;
            case ClassicOpcode.Store:
                Set(statement, values, (int)statement.K, values[Atom.Accumulator], rewrite);
                break;
            case ClassicOpcode.StoreIndex:
                Set(statement, values, (int)statement.K, values[Atom.Index], rewrite);
                break;
            case ClassicOpcode.IndexFromAccumulator:
                Set(statement, values, Atom.Index, values[Atom.Accumulator], rewrite);
                break;
            case ClassicOpcode.AccumulatorFromIndex:
                Set(statement, values, Atom.Accumulator, values[Atom.Index], rewrite);
                break;
            case ClassicOpcode.Negate:
                Negate(statement, values, rewrite);
                break;
            case var code when (ClassicClass)(code & 7) == ClassicClass.Arithmetic:
                if ((code & ClassicOpcode.IndexSource) == 0)
                    ComputeWithConstant(statement, values, rewrite);
                else
                    ComputeWithIndex(statement, values, rewrite);
                break;
        }
    }

    // What an atom has already need not be put there. Of two values that are not known it is not known whether they are the same.
    private static void Set(FilterStatement statement, Span<int> values, int atom, int value, bool rewrite)
    {
        if (rewrite && value != 0 && values[atom] == value)
            statement.Remove();
        else
            values[atom] = value;
    }

    private void LoadIndirect(FilterStatement statement, Span<int> values, bool rewrite)
    {
        int index = values[Atom.Index];
        if (rewrite && table.TryGetConstant(index, out uint constant))
        {
            const int size = ClassicOpcode.SizeMask;
            statement.Code = (ushort)(ClassicOpcode.LoadAbsoluteWord | statement.Code & size);
            statement.K += constant;
            graph.MarkSimplified();
            index = 0;
        }
        Set(statement, values, Atom.Accumulator, table.Number(statement.Code, statement.K, (uint)index), rewrite);
    }

    private void LoadCell(FilterStatement statement, Span<int> values, int atom, ushort immediate, bool rewrite)
    {
        int value = values[(int)statement.K];
        if (rewrite && table.TryGetConstant(value, out uint constant))
        {
            statement.Code = immediate;
            statement.K = constant;
            graph.MarkSimplified();
        }
        Set(statement, values, atom, value, rewrite);
    }

    private void Negate(FilterStatement statement, Span<int> values, bool rewrite)
    {
        if (rewrite && table.TryGetConstant(values[Atom.Accumulator], out uint constant))
        {
            statement.Code = ClassicOpcode.LoadImmediate;
            statement.K = 0u - constant;
            values[Atom.Accumulator] = table.Constant(statement.K);
            return;
        }
        values[Atom.Accumulator] = table.Number(statement.Code, (uint)values[Atom.Accumulator], 0);
    }

    private void ComputeWithConstant(FilterStatement statement, Span<int> values, bool rewrite)
    {
        if (rewrite && statement.K == 0 && TrySimplifyZero(statement, values))
            return;
        if (rewrite && table.TryGetConstant(values[Atom.Accumulator], out uint constant))
        {
            Fold(statement, constant, statement.K);
            values[Atom.Accumulator] = table.Constant(statement.K);
            return;
        }
        values[Atom.Accumulator] = table.Number(statement.Code, (uint)values[Atom.Accumulator], (uint)table.Constant(statement.K));
    }

    // "sub #0" stays: what subtracts to compare is made one with the comparison later.
    private bool TrySimplifyZero(FilterStatement statement, Span<int> values)
    {
        switch (statement.Code)
        {
            case ClassicOpcode.Add or ClassicOpcode.ShiftLeft or ClassicOpcode.ShiftRight or ClassicOpcode.Or or ClassicOpcode.Xor:
                statement.Remove();
                return true;
            case ClassicOpcode.Mul or ClassicOpcode.And:
                statement.Code = ClassicOpcode.LoadImmediate;
                values[Atom.Accumulator] = table.Constant(0);
                return true;
            case ClassicOpcode.Div:
                Fault = OptimizationFault.DivisionByZero;
                return true;
            case ClassicOpcode.Mod:
                Fault = OptimizationFault.ModulusByZero;
                return true;
            default:
                return false;
        }
    }

    private void ComputeWithIndex(FilterStatement statement, Span<int> values, bool rewrite)
    {
        int a = values[Atom.Accumulator], x = values[Atom.Index];
        bool known = table.TryGetConstant(a, out uint constant);
        if (rewrite && table.TryGetConstant(x, out uint operand))
        {
            if (known)
            {
                statement.Code = (ushort)(statement.Code & ~ClassicOpcode.IndexSource);
                Fold(statement, constant, operand);
                values[Atom.Accumulator] = table.Constant(statement.K);
            }
            else
                UseConstant(statement, values, operand);
            return;
        }
        if (rewrite && known && constant == 0 && TryComputeFromZero(statement, values))
            return;
        values[Atom.Accumulator] = table.Number(statement.Code, (uint)a, (uint)x);
    }

    private void UseConstant(FilterStatement statement, Span<int> values, uint operand)
    {
        statement.Code = (ushort)(statement.Code & ~ClassicOpcode.IndexSource);
        statement.K = operand;
        if (statement.Code is ClassicOpcode.ShiftLeft or ClassicOpcode.ShiftRight && operand > 31)
            Fault = OptimizationFault.ShiftTooFar;
        graph.MarkSimplified();
        values[Atom.Accumulator] = table.Number(statement.Code, (uint)values[Atom.Accumulator], (uint)table.Constant(operand));
    }

    private bool TryComputeFromZero(FilterStatement statement, Span<int> values)
    {
        switch (statement.Code)
        {
            case ClassicOpcode.AddX or ClassicOpcode.OrX or ClassicOpcode.XorX:
                statement.Code = ClassicOpcode.AccumulatorFromIndex;
                Set(statement, values, Atom.Accumulator, values[Atom.Index], rewrite: true);
                return true;
            case ClassicOpcode.SubX:
                return false;
            default:
                statement.Code = ClassicOpcode.LoadImmediate;
                statement.K = 0;
                Set(statement, values, Atom.Accumulator, table.Constant(0), rewrite: true);
                return true;
        }
    }

    private void Fold(FilterStatement statement, uint a, uint b)
    {
        switch (statement.Code)
        {
            case ClassicOpcode.Div when b == 0: Fault = OptimizationFault.DivisionByZero; return;
            case ClassicOpcode.Mod when b == 0: Fault = OptimizationFault.ModulusByZero; return;
        }
        statement.K = statement.Code switch
        {
            ClassicOpcode.Add => a + b,
            ClassicOpcode.Sub => a - b,
            ClassicOpcode.Mul => a * b,
            ClassicOpcode.Div => a / b,
            ClassicOpcode.Mod => a % b,
            ClassicOpcode.And => a & b,
            ClassicOpcode.Or => a | b,
            ClassicOpcode.Xor => a ^ b,
            ClassicOpcode.ShiftLeft => b < 32 ? a << (int)b : 0,
            _ => b < 32 ? a >> (int)b : 0,
        };
        statement.Code = ClassicOpcode.LoadImmediate;
        graph.MarkSimplified();
    }
}
