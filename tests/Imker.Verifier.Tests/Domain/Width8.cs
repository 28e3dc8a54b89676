using Imker.Verifier.Domain;

namespace Imker.Verifier.Tests.Domain;

/// <summary>Registers of eight bits with halves of four: narrow enough to try all.</summary>
internal readonly struct Width8 : IWidth
{
    public static int Bits => 8;

    public static int LowBits => 4;
}
