namespace Imker.Bytecode.Text;

/// <summary>A place in an instruction's text that a field fills. The tables name it in braces, by the names below.</summary>
internal enum Operand
{
    /// <summary><c>{rd}</c>, <c>{wd}</c>, <c>{rs}</c>, <c>{ws}</c>: a register by its 64- or 32-bit name.</summary>
    Dst,
    Dst32,
    Src,
    Src32,

    /// <summary><c>{off}</c>: the offset with its sign.</summary>
    Offset,

    /// <summary><c>{index}</c>: the offset as a plain number.</summary>
    Index,

    /// <summary><c>{imm}</c>: the constant, decimal.</summary>
    Constant,

    /// <summary><c>{hex}</c>: the constant's 32 bits, hexadecimal.</summary>
    HexConstant,

    /// <summary><c>{step}</c>: the constant with its sign.</summary>
    Step,

    /// <summary><c>{to}</c>, <c>{from}</c>: the halves of a 32-bit constant.</summary>
    To,
    From,

    /// <summary><c>{wide}</c>: all 64 bits, hexadecimal.</summary>
    Wide,

    /// <summary><c>{low}</c>: the low half of a wide constant.</summary>
    Low,

    /// <summary><c>{high}</c>: the high half of a wide constant with its sign.</summary>
    High,

    /// <summary><c>{fd}</c>: the high half of a wide constant as a plain number.</summary>
    HighFd,

    /// <summary><c>{target}</c>, <c>{fartarget}</c>: where a jump goes, by the offset or the constant.</summary>
    Target,
    FarTarget,

    /// <summary><c>{helper}</c>: a helper's name and number.</summary>
    Helper,

    /// <summary><c>{map}</c>, <c>{value}</c>: a map's name; <c>{place}</c>: the offset into its value, with its sign.</summary>
    Map,
    MapValue,
    Place,

    /// <summary><c>{function}</c></summary>
    Function,

    /// <summary><c>{kfunc}</c>, with its module before a colon, and a question mark before all if it is weak.</summary>
    Kfunc,

    /// <summary><c>{symbol}</c> of a kernel, a question mark before it if it is weak.</summary>
    Symbol,
}
