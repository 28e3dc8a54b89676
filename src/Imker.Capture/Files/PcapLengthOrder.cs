namespace Imker.Capture;

/// <summary>Which of a record's two lengths comes first.</summary>
internal enum PcapLengthOrder
{
    CapturedFirst,

    /// <summary>Before version 2.3.</summary>
    OriginalFirst,

    /// <summary>Version 2.3: either way; the smaller one is what was captured.</summary>
    Either,
}
