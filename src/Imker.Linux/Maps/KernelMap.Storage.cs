using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Imker.Bytecode;
using Imker.Hosting;
using Imker.Linux.Interop;

namespace Imker.Linux;

public sealed unsafe partial class KernelMap
{
    /// <summary>The map that a map of maps has under a key; null when there is none.</summary>
    /// <param name="key">Exactly <see cref="KeySize"/> bytes.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public KernelMap? TryOpenInner(ReadOnlySpan<byte> key)
    {
        // What is read of a map of maps is the inner map's number.
        uint id = 0;
        return TryLookup(key, MemoryMarshal.AsBytes(new Span<uint>(ref id))) ? TryOpen(id) : null;
    }

    /// <summary>
    /// The addresses of a stack that a program recorded (STACK_TRACE), innermost first; false when there is none under that number.
    /// </summary>
    /// <param name="id">What <c>bpf_get_stackid</c> returned.</param>
    /// <param name="addresses">At least as many as the map's values hold.</param>
    /// <param name="count">How many there are.</param>
    public bool TryReadStack(uint id, Span<ulong> addresses, out int count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((int)Type, (int)MapType.StackTrace, nameof(Type));
        count = 0;
        if (!TryLookup(MemoryMarshal.AsBytes(new Span<uint>(ref id)), MemoryMarshal.AsBytes(addresses)))
            return false;
        int most = ValueSize / sizeof(ulong), end = addresses[..most].IndexOf(0UL);
        count = end < 0 ? most : end;
        return true;
    }

    /// <summary>
    /// What programs keep with one process, socket, file or cgroup (TASK_STORAGE, SK_STORAGE, INODE_STORAGE, CGRP_STORAGE); false when they
    /// keep nothing with it.
    /// </summary>
    /// <typeparam name="T">Laid out as the program lays it out.</typeparam>
    /// <param name="owner">A descriptor of the owner; for a process see <see cref="OpenOwner"/>.</param>
    /// <param name="value">What is kept.</param>
    /// <exception cref="BpfException">The descriptor is of something else.</exception>
    public bool TryGetStored<T>(SafeHandle owner, out T value)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentOutOfRangeException.ThrowIfNotEqual(Unsafe.SizeOf<T>(), ValueSize, nameof(T));
        value = default;
        bool added = false;
        try
        {
            owner.DangerousAddRef(ref added);
            int number = (int)owner.DangerousGetHandle();
            return TryLookup(MemoryMarshal.AsBytes(new Span<int>(ref number)), MemoryMarshal.AsBytes(new Span<T>(ref value)));
        }
        finally
        {
            if (added)
                owner.DangerousRelease();
        }
    }

    /// <summary>Keeps a value with a process, socket, file or cgroup.</summary>
    /// <inheritdoc cref="TryGetStored{T}"/>
    public void SetStored<T>(SafeHandle owner, T value)
        where T : unmanaged => WithOwner(owner, key => TryUpdate(key, MemoryMarshal.AsBytes(new Span<T>(ref value))));

    /// <summary>Forgets what is kept with a process, socket, file or cgroup; false when it was nothing.</summary>
    /// <inheritdoc cref="TryGetStored{T}"/>
    public bool RemoveStored(SafeHandle owner) => WithOwner(owner, key => TryDelete(key));

    /// <summary>What stands for a process in a map of the type TASK_STORAGE.</summary>
    /// <exception cref="BpfException">There is no such process.</exception>
    public static SafeHandle OpenOwner(int processId)
    {
        int number = SystemCall.PidFdOpen(processId);
        return number >= 0 ? new Descriptor(number) : throw new BpfException($"find process {processId}", "pidfd_open", Libc.LastError);
    }

    /// <summary>
    /// The pages of an arena (ARENA, kernel 6.9), shared with the programs. Where the map has an address of its own
    /// (<see cref="MapParameters.Extra"/>) they lie there, so that pointers mean the same on both sides.
    /// </summary>
    /// <exception cref="BpfException">The kernel refuses it, or something else lies at the address.</exception>
    public MappedMemory MapArena()
    {
        if (Type != MapType.Arena)
            throw new InvalidOperationException($"map '{Name}' is no arena but {Type}");
        nuint length = (nuint)Environment.SystemPageSize * MaxEntries;
        return MappedMemory.TryMapAt((nint)GetInfo().Extra, Descriptor, length, out Errno error)
            ?? throw new BpfException($"map arena '{Name}' into memory", "mmap", error);
    }

    private delegate bool KeyUse(Span<byte> key);

    private static bool WithOwner(SafeHandle owner, KeyUse use)
    {
        ArgumentNullException.ThrowIfNull(owner);
        bool added = false;
        try
        {
            owner.DangerousAddRef(ref added);
            int number = (int)owner.DangerousGetHandle();
            return use(MemoryMarshal.AsBytes(new Span<int>(ref number)));
        }
        finally
        {
            if (added)
                owner.DangerousRelease();
        }
    }
}
