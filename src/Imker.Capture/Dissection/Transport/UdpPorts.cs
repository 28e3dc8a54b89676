namespace Imker.Capture.Dissection;

internal readonly record struct UdpPorts(int Source, int Destination)
{
    public bool Has(int port) => Source == port || Destination == port;
}
