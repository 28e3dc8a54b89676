using System.Runtime.CompilerServices;

namespace Imker.RequestFilter;

/// <summary>What a filter sees of a request: <c>struct request</c> of <c>filters/request.h</c>.</summary>
public struct RequestContext
{
    /// <summary>The first four letters of the method, the first one lowest.</summary>
    public uint Method;

    /// <summary>Bytes of <see cref="Path"/> in use.</summary>
    public uint PathLength;

    /// <summary>Of the body; 0 when it is not told.</summary>
    public ulong ContentLength;

    public PathBytes Path;

    /// <summary>The first 64 bytes of the path.</summary>
    [InlineArray(64)]
    public struct PathBytes
    {
        private byte first;
    }
}
