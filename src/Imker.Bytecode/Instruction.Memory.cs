namespace Imker.Bytecode;

public readonly partial struct Instruction
{
    /// <summary><c>dst = *(size *)(src + offset)</c>, zero-extended.</summary>
    public static Instruction Load(MemorySize size, Register dst, Register src, short offset) =>
        new(MemoryOpcode(InstructionClass.Ldx, size, MemoryMode.Memory), (byte)dst, (byte)src, offset, 0, null);

    /// <summary><c>dst = *(s8|s16|s32 *)(src + offset)</c>, sign-extended (ISA v4, kernel 6.6).</summary>
    public static Instruction LoadSigned(MemorySize size, Register dst, Register src, short offset)
    {
        if (size == MemorySize.DoubleWord)
            throw new ArgumentOutOfRangeException(nameof(size), size, "A load of eight bytes has no sign to extend.");
        return new Instruction(
            MemoryOpcode(InstructionClass.Ldx, size, MemoryMode.MemorySignExtended), (byte)dst, (byte)src, offset, 0, null);
    }

    /// <summary><c>*(size *)(dst + offset) = src</c></summary>
    public static Instruction Store(MemorySize size, Register dst, short offset, Register src) =>
        new(MemoryOpcode(InstructionClass.Stx, size, MemoryMode.Memory), (byte)dst, (byte)src, offset, 0, null);

    /// <summary><c>*(size *)(dst + offset) = constant</c>, sign-extended.</summary>
    public static Instruction StoreConstant(MemorySize size, Register dst, short offset, int constant) =>
        new(MemoryOpcode(InstructionClass.St, size, MemoryMode.Memory), (byte)dst, 0, offset, constant, null);

    /// <summary>An atomic read-modify-write of four or eight bytes at <c>dst + offset</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is neither four nor eight bytes, or the operation is a plain ordered access.</exception>
    public static Instruction Atomic(AtomicOperation operation, MemorySize size, Register dst, short offset, Register src)
    {
        if (size is not (MemorySize.Word or MemorySize.DoubleWord))
            throw new ArgumentOutOfRangeException(nameof(size), size, "Atomic operations take four or eight bytes.");
        if (operation is AtomicOperation.LoadAcquire or AtomicOperation.StoreRelease)
            throw new ArgumentOutOfRangeException(nameof(operation), operation, "This is no read-modify-write operation.");
        return OrderedAccess(operation, size, dst, offset, src);
    }

    /// <summary><c>dst = load_acquire((size *)(src + offset))</c> (kernel 6.15)</summary>
    public static Instruction LoadAcquire(MemorySize size, Register dst, Register src, short offset) =>
        OrderedAccess(AtomicOperation.LoadAcquire, size, dst, offset, src);

    /// <summary><c>store_release((size *)(dst + offset), src)</c> (kernel 6.15)</summary>
    public static Instruction StoreRelease(MemorySize size, Register dst, short offset, Register src) =>
        OrderedAccess(AtomicOperation.StoreRelease, size, dst, offset, src);

    /// <summary><c>dst = constant ll</c>: all 64 bits, two slots.</summary>
    public static Instruction LoadImm64(Register dst, long constant) => WideLoad(dst, WideLoadKind.Constant, constant, null);

    /// <summary>A map by its file descriptor.</summary>
    public static Instruction LoadMapFd(Register dst, int fd) => WideLoad(dst, WideLoadKind.MapFd, (uint)fd, null);

    /// <summary>An address in the only value of a map given by its file descriptor.</summary>
    public static Instruction LoadMapValue(Register dst, int fd, int offset) =>
        WideLoad(dst, WideLoadKind.MapValue, (long)offset << 32 | (uint)fd, null);

    /// <summary>The address of a map, or of a place in its value.</summary>
    /// <exception cref="OverflowException">The offset does not fit 32 bits.</exception>
    public static Instruction LoadMap(Register dst, MapReference map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return map.ValueAddress
            ? WideLoad(dst, WideLoadKind.MapValue, (long)checked((int)map.Offset) << 32, map)
            : WideLoad(dst, WideLoadKind.MapFd, 0, map);
    }

    /// <summary>The address of a function of the same program, as helpers take it for a callback.</summary>
    public static Instruction LoadFunction(Register dst, FunctionReference function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return WideLoad(dst, WideLoadKind.Function, 0, function);
    }

    /// <summary>The address of a kernel symbol.</summary>
    public static Instruction LoadKernelSymbol(Register dst, KernelSymbolReference symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return WideLoad(dst, symbol.IsTyped ? WideLoadKind.BtfId : WideLoadKind.Constant, 0, symbol);
    }

    /// <summary><c>r0 = *(size *)skb[offset]</c>: a legacy packet load, in host order; R6 holds the context, R1 to R5 are clobbered.</summary>
    public static Instruction LoadAbsolute(MemorySize size, int offset) =>
        new(PacketOpcode(size, MemoryMode.Absolute), 0, 0, 0, offset, null);

    /// <summary><c>r0 = *(size *)skb[src + offset]</c>: a legacy packet load, as <see cref="LoadAbsolute"/>.</summary>
    public static Instruction LoadIndirect(MemorySize size, Register src, int offset) =>
        new(PacketOpcode(size, MemoryMode.Indirect), 0, (byte)src, 0, offset, null);

    private static Instruction WideLoad(Register dst, WideLoadKind kind, long constant, Reference? reference) =>
        new(WideLoadOpcode, (byte)dst, (byte)kind, 0, constant, reference);

    private static Instruction OrderedAccess(AtomicOperation operation, MemorySize size, Register dst, short offset, Register src) =>
        new(MemoryOpcode(InstructionClass.Stx, size, MemoryMode.Atomic), (byte)dst, (byte)src, offset, (int)operation, null);

    private static byte PacketOpcode(MemorySize size, MemoryMode mode)
    {
        if (size == MemorySize.DoubleWord)
            throw new ArgumentOutOfRangeException(nameof(size), size, "Packet loads take at most four bytes.");
        return MemoryOpcode(InstructionClass.Ld, size, mode);
    }

    private static byte MemoryOpcode(InstructionClass @class, MemorySize size, MemoryMode mode) =>
        (byte)((byte)@class | (byte)size | (byte)mode);
}
