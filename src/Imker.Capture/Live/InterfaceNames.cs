using Imker.Linux;

namespace Imker.Capture;

/// <summary>Names of interfaces by their numbers; asked anew when a number comes that was not there.</summary>
internal sealed class InterfaceNames
{
    private Dictionary<int, string?> names = [];
    private int lastIndex;
    private string? lastName;

    internal InterfaceNames() => Ask();

    /// <summary>The loopback device's; 0 without one.</summary>
    internal int LoopbackIndex { get; private set; }

    /// <summary>The name; null for an interface that is gone.</summary>
    internal string? this[int index] => index == lastIndex ? lastName : Find(index);

    private string? Find(int index)
    {
        if (!names.TryGetValue(index, out string? name))
        {
            Ask();
            if (!names.TryGetValue(index, out name))
                names[index] = null;
        }
        (lastIndex, lastName) = (index, name);
        return name;
    }

    private void Ask()
    {
        IReadOnlyList<NetworkInterface> all = NetworkInterface.All();
        names = all.ToDictionary(i => i.Index, i => (string?)i.Name);
        LoopbackIndex = all.FirstOrDefault(i => (i.Flags & NetworkInterfaceFlags.Loopback) != 0)?.Index ?? 0;
    }
}
