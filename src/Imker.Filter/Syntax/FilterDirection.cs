namespace Imker.Filter.Syntax;

/// <summary>Which of a packet's addresses or ports are meant.</summary>
public enum FilterDirection : byte
{
    Undefined,

    /// <summary>No word: source or destination.</summary>
    Default,
    Source,
    Destination,
    SourceOrDestination,
    SourceAndDestination,

    /// <summary>The address fields of IEEE 802.11.</summary>
    Address1,
    Address2,
    Address3,
    Address4,
    Receiver,
    Transmitter,
}
