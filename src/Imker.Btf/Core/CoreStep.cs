namespace Imker.Btf;

/// <summary>One step of a <see cref="CorePath"/>: a named member, an enumerator, or an element of an array.</summary>
/// <param name="Type">The struct, union or enum that has it; of an element, the element's type. Modifiers are skipped.</param>
/// <param name="Index">Its number.</param>
/// <param name="IsElement">It has no name: the first step, or an element of an array.</param>
internal readonly record struct CoreStep(BtfType Type, int Index, bool IsElement)
{
    /// <summary>The last member of a struct, an array of no elements, goes on as far as there is memory.</summary>
    public bool IsFlexibleArray(BtfType array) => !IsElement && array.ElementCount == 0 && Index == Type.Count - 1;
}
