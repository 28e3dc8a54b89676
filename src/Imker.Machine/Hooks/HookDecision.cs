namespace Imker.Machine;

/// <summary>When a hook stops asking further programs.</summary>
public enum HookDecision
{
    /// <summary>At the first program that returns something else than 0; that is the hook's answer.</summary>
    FirstNonZero,

    /// <summary>Never: all programs run, the last one's answer counts.</summary>
    Last,
}
