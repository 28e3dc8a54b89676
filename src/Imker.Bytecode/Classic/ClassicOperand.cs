namespace Imker.Bytecode.Classic;

/// <summary>What an instruction takes, and with that how K is written behind its name.</summary>
public enum ClassicOperand : byte
{
    None,

    /// <summary><c>[12]</c>: packet bytes at a constant offset, or <c>[type]</c>: what Linux knows about the packet.</summary>
    Absolute,

    /// <summary><c>[x + 12]</c></summary>
    Indirect,

    /// <summary><c>#0x800</c></summary>
    Hex,

    /// <summary><c>#262144</c></summary>
    Decimal,

    /// <summary><c>M[3]</c></summary>
    Cell,

    /// <summary><c>#pktlen</c></summary>
    PacketLength,

    /// <summary><c>4*([14]&amp;0xf)</c></summary>
    HeaderLength,

    /// <summary><c>x</c></summary>
    Index,

    /// <summary>The accumulator: <c>a</c> in the kernel's syntax, nothing in tcpdump's listings.</summary>
    Accumulator,

    /// <summary>The target of <c>ja</c>: a line number in listings, a label in the kernel's syntax.</summary>
    Target,
}
