using Imker.Hosting;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>The running kernel as a host.</summary>
public sealed class KernelHost : IBpfHost
{
    /// <inheritdoc cref="ObjectLoader.Load"/>
    public LoadedObject Load(BpfObject source) => ObjectLoader.Load(source);

    IBpfInstance IBpfHost.Load(BpfObject source) => Load(source);
}
