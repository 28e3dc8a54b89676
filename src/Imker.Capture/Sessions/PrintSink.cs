using Imker.Capture.Dissection;
using Imker.Rendering;

namespace Imker.Capture;

/// <summary>Prints packets.</summary>
/// <param name="output">Stays open.</param>
/// <param name="printer">Makes lines of them.</param>
/// <param name="isLineBuffered">Whether each packet is written as it comes.</param>
public sealed class PrintSink(BatchedOutput output, PacketPrinter printer, bool isLineBuffered) : PacketSink
{
    public override void Take(in CapturedPacket packet)
    {
        printer.Print(packet, output.Text);
        if (isLineBuffered)
            output.Flush();
        else
            output.FlushIfFull();
    }

    public override void Flush() => output.Flush();

    public override void Dispose() => output.Flush();
}
