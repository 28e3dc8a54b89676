using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Puts XDP programs on interfaces for as long as the link is held (5.9). An interface has one at most.</summary>
public static class XdpLink
{
    /// <param name="program">Of the type XDP.</param>
    /// <param name="interfaceIndex">The interface's number in this network namespace.</param>
    /// <param name="mode">Where it runs.</param>
    /// <exception cref="BpfException">There is a program already, or the kernel refuses it.</exception>
    public static KernelLink Attach(KernelProgram program, int interfaceIndex, XdpMode mode = XdpMode.Any)
    {
        ArgumentNullException.ThrowIfNull(program);
        var attributes = new LinkCreateAttributes { Target = interfaceIndex, Flags = (uint)mode };
        return LinkCreation.Create(program, AttachType.Xdp, ref attributes, $"{program} to interface {interfaceIndex}");
    }
}
