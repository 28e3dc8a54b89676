namespace Imker.Capture;

/// <summary>Where packets go that were captured and passed the filter.</summary>
public abstract class PacketSink : IDisposable
{
    /// <summary>Takes a packet, which is not kept beyond the call.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public abstract void Take(in CapturedPacket packet);

    /// <summary>Hands on what has come together: there is nothing to do meanwhile, or somebody asks for it.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>Hands on what has come together, and closes.</summary>
    public abstract void Dispose();
}
