using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Attaches NETFILTER programs (6.4) to the calling thread's network namespace. They return 0 to drop and 1 to accept.</summary>
public static class NetfilterLink
{
    private const uint FlagDefragment = 1;

    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink Attach(KernelProgram program, NetfilterHook hook)
    {
        ArgumentNullException.ThrowIfNull(program);
        var attributes = new LinkCreateAttributes
        {
            NetfilterFamily = (uint)hook.Family,
            NetfilterHook = (uint)hook.Point,
            NetfilterPriority = hook.Priority,
            NetfilterFlags = hook.WithDefragmentation ? FlagDefragment : 0,
        };
        return LinkCreation.Create(program, AttachType.Netfilter, ref attributes, $"{program} to netfilter's {hook.Point}");
    }
}
