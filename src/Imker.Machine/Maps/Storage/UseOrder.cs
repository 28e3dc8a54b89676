namespace Imker.Machine;

/// <summary>
/// Which elements were not used for long: they stand in a circle, in the order in which they came, and a use leaves a mark. The oldest
/// without a mark goes; marks are taken away on the way to it. Lookups only set a mark.
/// </summary>
internal sealed class UseOrder
{
    private readonly LinkedList<uint> circle = new();
    private readonly Dictionary<uint, LinkedListNode<uint>> nodes = [];
    private byte[] marks = new byte[64];

    /// <summary>Marks a use; needs no lock.</summary>
    public void Touch(uint element)
    {
        byte[] present = Volatile.Read(ref marks);
        if (element < present.Length && present[element] == 0)
            present[element] = 1;
    }

    public void Add(uint element)
    {
        if (element >= marks.Length)
        {
            byte[] larger = new byte[Math.Max(element + 1, 2 * marks.Length)];
            marks.CopyTo(larger, 0);
            Volatile.Write(ref marks, larger);
        }
        marks[element] = 0;
        nodes[element] = circle.AddLast(element);
    }

    public void Remove(uint element)
    {
        if (nodes.Remove(element, out LinkedListNode<uint>? node))
            circle.Remove(node);
    }

    /// <summary>Takes out the one that goes; false when there is none.</summary>
    public bool TryTakeOldest(out uint element)
    {
        while (circle.First is { } first)
        {
            element = first.Value;
            circle.RemoveFirst();
            if (marks[element] == 0)
                return nodes.Remove(element);
            marks[element] = 0;
            circle.AddLast(first);
        }
        element = 0;
        return false;
    }
}
