namespace Imker.Capture.Dissection;

/// <summary>
/// Where the sequence numbers of each connection began, so that a line can count from there. It keeps at least the
/// <see cref="Generation"/> connections that were used last, and at most twice as many.
/// </summary>
internal sealed class TcpConnections
{
    private const int Generation = 1 << 16;

    private Dictionary<ConnectionKey, ConnectionStart> current = [];
    private Dictionary<ConnectionKey, ConnectionStart> previous = [];

    public bool TryGet(in ConnectionKey key, out ConnectionStart start)
    {
        if (current.TryGetValue(key, out start))
            return true;
        if (!previous.Remove(key, out start))
            return false;
        Set(key, start);
        return true;
    }

    public void Set(in ConnectionKey key, in ConnectionStart start)
    {
        if (current.Count >= Generation)
        {
            (current, previous) = (previous, current);
            current.Clear();
        }
        current[key] = start;
    }
}
