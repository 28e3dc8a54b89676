using Imker.Bytecode;

namespace Imker.Machine.Jit;

/// <summary>What a load, store or atomic instruction accesses.</summary>
/// <param name="Base">The address register.</param>
/// <param name="Offset">Added to it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Writes">Whether they are written.</param>
/// <param name="IsAtomic">Whether they have to be aligned.</param>
internal readonly record struct MemoryAccess(Register Base, int Offset, int Size, bool Writes, bool IsAtomic)
{
    /// <summary>False for an instruction that accesses no memory by address; packet loads do not.</summary>
    public static bool TryGet(in Instruction instruction, out MemoryAccess access)
    {
        access = default;
        if (instruction.Class is not (InstructionClass.Ldx or InstructionClass.St or InstructionClass.Stx))
            return false;
        int size = SizeOf(instruction.Size);
        bool isAtomic = instruction.Mode == MemoryMode.Atomic;
        bool loads = instruction.Class == InstructionClass.Ldx || isAtomic && instruction.Constant == (int)AtomicOperation.LoadAcquire;
        access = new MemoryAccess(loads ? instruction.Src : instruction.Dst, instruction.Offset, size, !loads, isAtomic);
        return true;
    }

    /// <summary>What a lookup reads: the key that R2 points to.</summary>
    public static MemoryAccess OfKey(MachineMap map) => new(Register.R2, 0, map.KeySize, Writes: false, IsAtomic: false);

    public static int SizeOf(MemorySize size) => size switch
    {
        MemorySize.Byte => 1,
        MemorySize.Half => 2,
        MemorySize.Word => 4,
        _ => 8,
    };
}
