namespace Imker.Hosting;

/// <summary>When an update of a map may happen.</summary>
public enum UpdateMode : ulong
{
    /// <summary><c>BPF_ANY</c>: always.</summary>
    Always = 0,

    /// <summary><c>BPF_NOEXIST</c></summary>
    OnlyIfAbsent = 1,

    /// <summary><c>BPF_EXIST</c></summary>
    OnlyIfPresent = 2,
}
