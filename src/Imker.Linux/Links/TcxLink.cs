using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Puts SCHED_CLS programs in the way of an interface's packets (tcx 6.6, netkit 6.7), in a chain that each joins by its link.</summary>
public static class TcxLink
{
    private const uint Before = 1 << 3, After = 1 << 4;

    /// <param name="program">Loaded for TCX_… or NETKIT_…, as <paramref name="attachType"/> says.</param>
    /// <param name="attachType">In which direction of which kind of interface; of netkit the primary end's number is given for both.</param>
    /// <param name="interfaceIndex">The interface's number in this network namespace.</param>
    /// <param name="order">First or last in the chain.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink Attach(KernelProgram program, AttachType attachType, int interfaceIndex, ChainOrder order = ChainOrder.Last)
    {
        ArgumentNullException.ThrowIfNull(program);
        // Before or after nothing in particular is first or last.
        var attributes = new LinkCreateAttributes { Target = interfaceIndex, Flags = order == ChainOrder.First ? Before : After };
        return LinkCreation.Create(program, attachType, ref attributes, $"{program} to interface {interfaceIndex}");
    }
}
