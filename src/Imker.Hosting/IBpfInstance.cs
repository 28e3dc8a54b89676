using Imker.Objects;

namespace Imker.Hosting;

/// <summary>An object in a host. All of it goes when it is disposed.</summary>
public interface IBpfInstance : IDisposable
{
    BpfObject Blueprint { get; }

    /// <summary>A map by its name in the blueprint.</summary>
    /// <exception cref="KeyNotFoundException">The blueprint has no such map.</exception>
    MapStore GetMap(string name);

    /// <summary>Runs a program once on a context, and returns what it returned.</summary>
    /// <exception cref="KeyNotFoundException">The blueprint has no such program.</exception>
    uint Run(string program, ReadOnlySpan<byte> context);
}
