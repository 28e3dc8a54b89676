namespace Imker.Capture.Dissection;

/// <summary>The Session Initiation Protocol (RFC 3261).</summary>
internal static class SipPrinter
{
    private static readonly string[] Commands =
    [
        "ACK", "BYE", "CANCEL", "DO", "INFO", "INVITE", "MESSAGE", "NOTIFY", "OPTIONS", "PRACK", "QAUTH", "REFER", "REGISTER", "SPRACK",
        "SUBSCRIBE", "UPDATE", "PUBLISH",
    ];

    public static void Print(ref Dissection d, int at, int length) =>
        TextProtocolPrinter.PrintCommands(ref d, at, length, "sip"u8, "SIP"u8, Commands);
}
