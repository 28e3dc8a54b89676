namespace Imker.Filter.Syntax;

/// <summary>What a token is. Words of one kind differ by <see cref="FilterToken.Value"/>.</summary>
public enum FilterTokenKind : byte
{
    End,

    /// <summary>Nothing that the language has; it was reported.</summary>
    Bad,

    /// <summary>A number or a word for one, such as <c>tcp-syn</c>.</summary>
    Number,
    Name,
    Ip4Address,
    Ip6Address,
    EtherAddress,
    ArcnetAddress,

    /// <summary>A <see cref="FilterProtocol"/>.</summary>
    Protocol,
    Source,
    Destination,

    /// <summary>A <see cref="FilterDirection"/> of IEEE 802.11.</summary>
    WlanAddress,

    /// <summary>A <see cref="FilterAddressType"/>.</summary>
    AddressType,
    Gateway,
    Proto,
    ProtoChain,
    Mask,
    Less,
    Greater,
    Byte,
    Broadcast,
    Multicast,
    Inbound,
    Outbound,
    InterfaceIndex,

    /// <summary>A <see cref="FirewallField"/>.</summary>
    FirewallField,
    Type,
    Subtype,
    Dir,
    Length,

    /// <summary>An <see cref="EncapsulationKind"/>.</summary>
    Encapsulation,
    Batman,
    Llc,

    /// <summary>An <see cref="AtmKind"/>.</summary>
    Atm,

    /// <summary>An <see cref="AtmField"/>.</summary>
    AtmField,

    /// <summary>An <see cref="Mtp2Kind"/>.</summary>
    Mtp2,

    /// <summary>An <see cref="Mtp3Field"/>.</summary>
    Mtp3Field,
    And,
    Or,
    Not,
    Equal,
    NotEqual,
    LessThan,
    GreaterThan,
    LessOrEqual,
    GreaterOrEqual,
    ShiftLeft,
    ShiftRight,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Ampersand,
    Bar,
    Caret,
    LeftParenthesis,
    RightParenthesis,
    LeftBracket,
    RightBracket,
    Colon,
}
