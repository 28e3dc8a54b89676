namespace Imker.Bytecode;

/// <summary>An atomic operation on memory, as it stands in the instruction's constant.</summary>
public enum AtomicOperation
{
    Add = 0x00,
    Or = 0x40,
    And = 0x50,
    Xor = 0xa0,

    /// <summary>As <see cref="Add"/>; the source register receives the value from before.</summary>
    FetchAdd = 0x01,
    FetchOr = 0x41,
    FetchAnd = 0x51,
    FetchXor = 0xa1,

    /// <summary><c>BPF_XCHG</c>: memory and the source register swap.</summary>
    Exchange = 0xe1,

    /// <summary><c>BPF_CMPXCHG</c>: memory that equals R0 becomes the source register; R0 receives the value from before.</summary>
    CompareExchange = 0xf1,

    /// <summary><c>BPF_LOAD_ACQ</c> (kernel 6.15)</summary>
    LoadAcquire = 0x100,

    /// <summary><c>BPF_STORE_REL</c> (kernel 6.15)</summary>
    StoreRelease = 0x110,
}
