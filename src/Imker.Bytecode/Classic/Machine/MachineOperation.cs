namespace Imker.Bytecode.Classic;

/// <summary>
/// What a step of the machine does: opcode and operand kind decoded into one dense number, so that running is one jump through a table.
/// </summary>
internal enum MachineOperation : byte
{
    LoadWord,
    LoadHalf,
    LoadByte,

    /// <summary>A load followed by a jump on the accumulator and a constant, in one step.</summary>
    LoadWordJumpEqual,
    LoadHalfJumpEqual,
    LoadByteJumpEqual,
    LoadHalfJumpSet,
    LoadByteJumpSet,

    LoadWordIndirect,
    LoadHalfIndirect,
    LoadByteIndirect,
    LoadHalfIndirectJumpEqual,

    /// <summary>At an offset below zero: from the network or link-layer header on.</summary>
    LoadFromHeader,

    LoadImmediate,
    LoadCell,
    LoadLength,
    LoadField,

    /// <summary>As <see cref="LoadField"/>, of what there is only with an interface.</summary>
    LoadInterfaceField,
    FindAttribute,
    FindNestedAttribute,
    LoadIndexImmediate,
    LoadIndexCell,
    LoadIndexLength,
    LoadIndexHeaderLength,
    LoadIndexHeaderLengthFromHeader,
    Store,
    StoreIndex,
    Add,
    Sub,
    Mul,
    Div,
    Mod,
    Or,
    And,
    Xor,
    ShiftLeft,
    ShiftRight,
    AddIndex,
    SubIndex,
    MulIndex,
    DivIndex,
    ModIndex,
    OrIndex,
    AndIndex,
    XorIndex,
    ShiftLeftIndex,
    ShiftRightIndex,
    Negate,
    Jump,
    JumpBack,
    JumpEqual,
    JumpGreater,
    JumpGreaterOrEqual,
    JumpSet,
    JumpEqualIndex,
    JumpGreaterIndex,
    JumpGreaterOrEqualIndex,
    JumpSetIndex,
    Return,
    ReturnAccumulator,
    IndexFromAccumulator,
    AccumulatorFromIndex,
}
