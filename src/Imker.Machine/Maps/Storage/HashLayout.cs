namespace Imker.Machine;

/// <summary>Where a hash map keeps what a lookup reads, for generated code. It stays as long as the map.</summary>
/// <param name="Buckets">The address of the first bucket: the number of an element, of four bytes.</param>
/// <param name="Mask">Makes a bucket's number of a hash.</param>
/// <param name="Headers">The address of the first element's header (<see cref="ElementPool"/>).</param>
/// <param name="HeaderStride">The bytes from one header to the next.</param>
/// <param name="Values">The address of the first element's value.</param>
/// <param name="ValueStride">The bytes from one value to the next.</param>
/// <param name="Seed">What hashes begin with.</param>
internal readonly record struct HashLayout(
    nint Buckets, uint Mask, nint Headers, int HeaderStride, nint Values, int ValueStride, ulong Seed);
