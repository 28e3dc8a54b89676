using System.Runtime.InteropServices;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>Pages of a file or a map in this process, given back when disposed. A span of them must not outlive that.</summary>
public sealed unsafe class MappedMemory : SafeHandle
{
    private MappedMemory(nint address, nuint length, bool isWritable)
        : base(0, ownsHandle: true)
    {
        SetHandle(address);
        Length = length;
        IsWritable = isWritable;
    }

    /// <summary>Bytes mapped.</summary>
    public nuint Length { get; }

    public bool IsWritable { get; }

    public override bool IsInvalid => handle is 0 or -1;

    /// <summary>All bytes.</summary>
    /// <exception cref="ObjectDisposedException">They were given back.</exception>
    public ReadOnlySpan<byte> Bytes => new(Pointer, checked((int)Length));

    /// <summary>All bytes, to be written.</summary>
    /// <exception cref="InvalidOperationException">They were mapped for reading.</exception>
    public Span<byte> WritableBytes =>
        IsWritable ? new Span<byte>(Pointer, checked((int)Length)) : throw new InvalidOperationException("the memory is mapped for reading");

    internal byte* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (byte*)handle;
        }
    }

    internal static MappedMemory? TryMap(Descriptor file, nuint length, long offset, bool writable, out Errno error, bool isPrivate = false)
    {
        using DescriptorUse use = file.Use();
        int protection = LibcConstants.ProtectionRead | (writable ? LibcConstants.ProtectionWrite : 0);
        int flags = isPrivate ? LibcConstants.MapPrivate : LibcConstants.MapShared;
        nint address = Libc.MMap(0, length, protection, flags, use.Number, offset);
        error = address == -1 ? Libc.LastError : Errno.None;
        return address == -1 ? null : new MappedMemory(address, length, writable);
    }

    /// <summary>Maps for reading and writing.</summary>
    /// <param name="wanted">Where, and nowhere else; 0 for anywhere.</param>
    internal static MappedMemory? TryMapAt(nint wanted, Descriptor file, nuint length, out Errno error)
    {
        using DescriptorUse use = file.Use();
        int flags = LibcConstants.MapShared | (wanted == 0 ? 0 : LibcConstants.MapFixedNoReplace);
        nint address = Libc.MMap(wanted, length, LibcConstants.ProtectionRead | LibcConstants.ProtectionWrite, flags, use.Number, 0);
        error = address == -1 ? Libc.LastError : Errno.None;
        return address == -1 ? null : new MappedMemory(address, length, isWritable: true);
    }

    /// <summary>All bytes as values of a type, to be read and written as the programs do at the same time.</summary>
    /// <typeparam name="T">Laid out as the programs lay it out.</typeparam>
    /// <exception cref="InvalidOperationException">They were mapped for reading.</exception>
    public Span<T> Values<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(WritableBytes);

    /// <summary>Where the first byte is in this process.</summary>
    public nint Address => (nint)Pointer;

    protected override bool ReleaseHandle() => Libc.MUnmap(handle, Length) == 0;
}
