namespace Imker.Capture;

/// <summary>Which packets of an interface are captured: <c>-Q</c>.</summary>
public enum CaptureDirection
{
    InOut,

    /// <summary>Those that come in.</summary>
    In,

    /// <summary>Those that go out.</summary>
    Out,
}
