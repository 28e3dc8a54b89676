namespace Imker.Linux;

/// <summary>Bytes of the headers that stand for a link layer where packets of several kinds come together (<c>LINKTYPE_LINUX_SLL</c>, <c>LINKTYPE_LINUX_SLL2</c>).</summary>
public static class CookedHeaderSize
{
    public const int Version1 = 16;

    public const int Version2 = 20;
}
