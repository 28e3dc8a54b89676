namespace Imker.Objects;

/// <summary>The databases of names.</summary>
public enum NetworkNameKind
{
    Host,
    EtherHost,
    Network,
    Service,
    Protocol,
}
