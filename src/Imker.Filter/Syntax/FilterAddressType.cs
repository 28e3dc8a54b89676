namespace Imker.Filter.Syntax;

/// <summary>What kind of thing an identifier names.</summary>
public enum FilterAddressType : byte
{
    Undefined,

    /// <summary>No word: a host.</summary>
    Default,
    Host,
    Net,
    Port,
    PortRange,
    Gateway,
    Protocol,
    ProtocolChain,
}
