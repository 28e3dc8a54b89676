using Imker.Btf;

namespace Imker.Objects;

/// <summary>CO-RE relocations as <c>.BTF.ext</c> keeps them.</summary>
internal static class CoreRecords
{
    /// <summary>The records of a section's functions, ascending by slot.</summary>
    public static IEnumerable<CoreRelocation> Of(CodeSection section, ObjectTypes types)
    {
        foreach ((FunctionSpec function, _, int start) in section.Functions)
        {
            int slot = start, instruction = 0;
            foreach (CoreRelocationSpec relocation in function.CoreRelocations.OrderBy(relocation => relocation.Instruction))
            {
                for (; instruction < relocation.Instruction; instruction++)
                    slot += function.Instructions[instruction].SlotCount;
                yield return new CoreRelocation((uint)slot, relocation.TypeId, types.AddString(relocation.Access), relocation.Kind);
            }
        }
    }
}
