using System.Collections;
using Imker.Objects;

namespace Imker.Compiler.Ir;

/// <summary>The counters of what is lost, shared by front end and passes. Each has a cell of 8 bytes in <see cref="IrModule.LossMap"/>.</summary>
public sealed class LossTable : IReadOnlyList<LossCounter>
{
    private readonly List<LossCounter> counters = [];
    private readonly Dictionary<LossCounter, int> cells = [];

    public int Count => counters.Count;

    public LossCounter this[int cell] => counters[cell];

    /// <summary>The index of a counter's cell, made when there is none; cells follow each other in the order of the first requests.</summary>
    public int CellOf(LossCounter counter)
    {
        if (!cells.TryGetValue(counter, out int cell))
        {
            cell = counters.Count;
            cells.Add(counter, cell);
            counters.Add(counter);
        }
        return cell;
    }

    public IEnumerator<LossCounter> GetEnumerator() => counters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
