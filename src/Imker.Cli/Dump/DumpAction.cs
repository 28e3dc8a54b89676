namespace Imker.Cli;

/// <summary>What <c>imker dump</c> is asked to do.</summary>
internal enum DumpAction
{
    /// <summary>Show, count or write packets.</summary>
    Capture,

    /// <summary><c>-h</c>, <c>--help</c></summary>
    Help,

    /// <summary><c>--version</c></summary>
    Version,

    /// <summary><c>-D</c></summary>
    ListInterfaces,

    /// <summary><c>-L</c></summary>
    ListLinkTypes,

    /// <summary><c>-J</c></summary>
    ListTimeStampTypes,

    /// <summary><c>-d</c>, <c>-dd</c>, <c>-ddd</c></summary>
    ListProgram,
}
