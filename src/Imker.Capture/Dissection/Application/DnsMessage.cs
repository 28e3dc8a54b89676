namespace Imker.Capture.Dissection;

/// <summary>The header of a DNS message: its flags, and how many records each section has.</summary>
internal readonly record struct DnsMessage(int At, int Flags, int Questions, int Answers, int Authorities, int Additional, bool IsMulticast)
{
    /// <summary>In multicast: asks for an answer to the asker alone, or tells to forget what was known.</summary>
    public const int MulticastFlag = 0x8000;

    public bool IsResponse => (Flags & 0x8000) != 0;

    public int Operation => Flags >> 11 & 15;
}
