namespace Imker.Linux;

/// <summary>What a kernel answers when it is asked for a feature.</summary>
public enum FeatureState
{
    /// <summary>Not there: the kernel does not know what was asked for.</summary>
    Absent,

    Present,

    /// <summary>EPERM: there perhaps, but not for this process.</summary>
    Refused,
}
