namespace Imker.Capture.Dissection;

/// <summary>The Hypertext Transfer Protocol before its second version (RFC 9112), WebDAV among it.</summary>
internal static class HttpPrinter
{
    private static readonly string[] Commands =
    [
        "GET", "PUT", "COPY", "HEAD", "LOCK", "MOVE", "POLL", "POST", "BCOPY", "BMOVE", "MKCOL", "TRACE", "LABEL", "MERGE", "DELETE", "SEARCH",
        "UNLOCK", "REPORT", "UPDATE", "NOTIFY", "BDELETE", "CONNECT", "OPTIONS", "CHECKIN", "PROPFIND", "CHECKOUT", "CCM_POST", "SUBSCRIBE",
        "PROPPATCH", "BPROPFIND", "BPROPPATCH", "UNCHECKOUT", "MKACTIVITY", "MKWORKSPACE", "UNSUBSCRIBE", "RPC_CONNECT", "VERSION-CONTROL",
        "BASELINE-CONTROL",
    ];

    public static void Print(ref Dissection d, int at, int length)
    {
        d.Say(": "u8);
        TextProtocolPrinter.PrintCommands(ref d, at, length, "http"u8, "HTTP"u8, Commands);
    }
}
