namespace Imker.Bytecode.Classic;

/// <summary>What a translated program is for.</summary>
public sealed record ClassicTranslationOptions
{
    /// <summary>A socket filter that returns what the classic program does.</summary>
    public static ClassicTranslationOptions Default { get; } = new();

    /// <summary>Where it runs. Default: a socket filter.</summary>
    public ClassicTarget Target { get; init; } = ClassicTarget.SocketBuffer;

    /// <summary>
    /// What is returned for a packet that passes, such as <c>XDP_PASS</c>. Default null: the classic program's own result, the bytes to keep.
    /// </summary>
    public int? Accepted { get; init; }

    /// <summary>What is returned for one that does not. Default 0.</summary>
    public int Rejected { get; init; }
}
