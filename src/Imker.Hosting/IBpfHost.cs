using Imker.Objects;

namespace Imker.Hosting;

/// <summary>What runs programs: the kernel, or an embedded machine.</summary>
public interface IBpfHost
{
    /// <summary>Makes an object's maps and has its programs checked.</summary>
    IBpfInstance Load(BpfObject source);
}
