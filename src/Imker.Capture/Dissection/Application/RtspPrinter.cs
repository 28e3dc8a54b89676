namespace Imker.Capture.Dissection;

/// <summary>The Real Time Streaming Protocol (RFC 2326).</summary>
internal static class RtspPrinter
{
    private static readonly string[] Commands =
    [
        "OPTIONS", "DESCRIBE", "ANNOUNCE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER", "SET_PARAMETER", "REDIRECT", "RECORD",
    ];

    public static void Print(ref Dissection d, int at, int length)
    {
        d.Say(": "u8);
        TextProtocolPrinter.PrintCommands(ref d, at, length, "rtsp"u8, "RTSP"u8, Commands);
    }
}
