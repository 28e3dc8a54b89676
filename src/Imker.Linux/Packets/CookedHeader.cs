namespace Imker.Linux;

/// <summary>The header that stands before a packet in place of the link layer's own, where interfaces of several kinds are captured.</summary>
public enum CookedHeader
{
    /// <summary>None: the packet begins with the header of its link layer.</summary>
    None,

    /// <summary>LINUX_SLL: 16 bytes of type, hardware type, address and protocol.</summary>
    Version1,

    /// <summary>LINUX_SLL2: 20 bytes, the interface among them.</summary>
    Version2,
}
