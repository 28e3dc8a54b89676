using System.Buffers.Binary;

namespace Imker.Machine.Jit;

/// <summary>
/// Bits that nobody foresees, to mix constants with. They come from the system's generator by way of a <see cref="Guid"/>: the framework's
/// own interface to it would bring OpenSSL into a program that links nothing else.
/// </summary>
internal static class BlindingKey
{
    public static long Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes);
        // Six bits of the sixteen bytes say what kind of Guid it is, none of them the same in both halves.
        return BinaryPrimitives.ReadInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
    }
}
