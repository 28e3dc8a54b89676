using Imker.Btf;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Probes that load type information of a few types.</summary>
internal static class BtfProbe
{
    /// <param name="add">Adds the kind in question; what it refers to, every kernel reads.</param>
    internal static FeatureState Loads(Func<BtfBuilder, uint> add)
    {
        var types = new BtfBuilder();
        add(types);
        using Descriptor? btf = BtfHandle.TryLoad(types.ToArray(), [], out Errno error);
        return btf is not null ? FeatureState.Present : FeatureProbes.StateOf(error);
    }

    internal static uint Int(BtfBuilder types) => types.AddInt("int", 4, BtfIntEncoding.Signed);
}
