using CsCheck;

namespace Imker.Symbols.Tests;

/// <summary>Valid input with some bytes changed, cut off or doubled.</summary>
internal static class Mutated
{
    public static Gen<byte[]> Of(byte[] valid) =>
        Gen.Select(Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte).Array[0, 8], Gen.Int[0, valid.Length], Gen.Bool)
            .Select((changes, length, doubled) =>
            {
                byte[] bytes = [.. valid];
                foreach ((int index, byte value) in changes)
                    bytes[index] = value;
                bytes = bytes[..length];
                return doubled ? [.. bytes, .. bytes] : bytes;
            });
}
