namespace Imker.Linux;

/// <summary><c>enum nf_inet_hooks</c>.</summary>
public enum NetfilterPoint
{
    /// <summary><c>NF_INET_PRE_ROUTING</c></summary>
    PreRouting = 0,
    LocalIn = 1,
    Forward = 2,
    LocalOut = 3,
    PostRouting = 4,
}
