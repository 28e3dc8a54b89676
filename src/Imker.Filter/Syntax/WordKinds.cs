namespace Imker.Filter.Syntax;

/// <summary>What packets are wrapped in. Each word moves the offsets of everything to its right.</summary>
public enum EncapsulationKind : byte
{
    Vlan,
    Mpls,
    PppoeDiscovery,
    PppoeSession,
    Geneve,
    Vxlan,
}

/// <summary>The fields that OpenBSD's packet filter logs.</summary>
public enum FirewallField : byte
{
    Interface,
    RuleSet,
    RuleNumber,
    SubRuleNumber,
    Reason,
    Action,
}

/// <summary>Kinds of ATM traffic.</summary>
public enum AtmKind : byte
{
    Lane,
    MetaSignalling,
    Broadcast,
    SegmentOamF4,
    EndToEndOamF4,
    Signalling,
    Ilmi,
    Oam,
    OamF4,
    ConnectMessage,
    MetaConnect,
}

/// <summary>Numbers of an ATM cell.</summary>
public enum AtmField : byte
{
    VirtualPath,
    VirtualChannel,
}

/// <summary>Kinds of SS7 signal units, each also for high-speed links.</summary>
public enum Mtp2Kind : byte
{
    FillIn,
    LinkStatus,
    Message,
    HighSpeedFillIn,
    HighSpeedLinkStatus,
    HighSpeedMessage,
}

/// <summary>Fields of an SS7 message, each also for high-speed links.</summary>
public enum Mtp3Field : byte
{
    ServiceInformation,
    OriginatingPoint,
    DestinationPoint,
    LinkSelection,
    HighSpeedServiceInformation,
    HighSpeedOriginatingPoint,
    HighSpeedDestinationPoint,
    HighSpeedLinkSelection,
}
