using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Imker.Hosting;
using Imker.Linux.Interop;
using Imker.Objects;

namespace Imker.Linux;

public sealed unsafe partial class KernelMap
{
    /// <inheritdoc/>
    /// <exception cref="BpfException">Anything but absence.</exception>
    public override bool TryLookup(ReadOnlySpan<byte> key, Span<byte> value) =>
        Read(BpfCommand.MapLookupElement, key, value, "look up a key in");

    /// <summary>
    /// Copies a value and removes it in one step; of queues and stacks the next one, with an empty key. False when there is none.
    /// Hash maps have it since 5.14 (<see cref="KernelFeature.HashLookupAndDelete"/>).
    /// </summary>
    /// <inheritdoc cref="TryLookup"/>
    public override bool TryLookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value) =>
        Read(BpfCommand.MapLookupAndDeleteElement, key, value, "take a key out of");

    /// <inheritdoc/>
    /// <exception cref="BpfException">The map is full, or anything else.</exception>
    public override bool TryUpdate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, UpdateMode mode = UpdateMode.Always)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize, nameof(key));
        ArgumentOutOfRangeException.ThrowIfNotEqual(value.Length, ValueBufferSize, nameof(value));
        fixed (byte* keyPointer = key, valuePointer = value)
            return Update(keyPointer, valuePointer, mode);
    }

    /// <inheritdoc/>
    /// <exception cref="BpfException">Anything but that it is full.</exception>
    public override bool TryPush(ReadOnlySpan<byte> value, UpdateMode mode)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(KeySize, 0, nameof(KeySize));
        ArgumentOutOfRangeException.ThrowIfNotEqual(value.Length, ValueSize, nameof(value));
        fixed (byte* pointer = value)
        {
            using DescriptorUse use = Descriptor.Use();
            var attributes = new MapElementAttributes { Map = use.Number, ValueOrNextKey = (ulong)pointer, Flags = (ulong)mode };
            if (BpfSyscall.Call(BpfCommand.MapUpdateElement, ref attributes, out Errno error) >= 0)
                return true;
            return error == Errno.TooBig ? false : throw Refusal("push to", BpfCommand.MapUpdateElement, error);
        }
    }

    /// <summary>Sets a value whatever was there.</summary>
    /// <inheritdoc cref="TryUpdate"/>
    public void Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => TryUpdate(key, value);

    /// <summary>Puts a map into a map of maps.</summary>
    /// <param name="key">Exactly <see cref="KeySize"/> bytes.</param>
    /// <param name="inner">A map shaped like the one given at creation.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public void Update(ReadOnlySpan<byte> key, KernelMap inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        UpdateDescriptor(key, inner.Descriptor);
    }

    /// <summary>Puts a program into a program array, to be reached by tail calls.</summary>
    /// <param name="key">Exactly <see cref="KeySize"/> bytes.</param>
    /// <param name="program">A program of the type of those that are there.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public void Update(ReadOnlySpan<byte> key, KernelProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        UpdateDescriptor(key, program.Descriptor);
    }

    /// <summary>Puts a perf event into an array of them, at a CPU's number.</summary>
    /// <param name="key">Exactly <see cref="KeySize"/> bytes.</param>
    /// <param name="perfEvent">An event that delivers what programs write (<c>PERF_COUNT_SW_BPF_OUTPUT</c>).</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    internal void Update(ReadOnlySpan<byte> key, Descriptor perfEvent) => UpdateDescriptor(key, perfEvent);

    /// <summary>Puts a socket into a map of sockets.</summary>
    /// <param name="key">Exactly <see cref="KeySize"/> bytes.</param>
    /// <param name="socket">Of TCP, connected or listening, or of UDP or a Unix socket; to be chosen among by SK_REUSEPORT: bound to a shared port.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public void Update(ReadOnlySpan<byte> key, SafeHandle socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize, nameof(key));
        bool added = false;
        try
        {
            socket.DangerousAddRef(ref added);
            // The value has four or eight bytes.
            ulong number = (ulong)socket.DangerousGetHandle();
            fixed (byte* keyPointer = key)
                Update(keyPointer, (byte*)&number, UpdateMode.Always);
        }
        finally
        {
            if (added)
                socket.DangerousRelease();
        }
    }

    /// <summary>
    /// Sets an entry of a map that XDP programs redirect by: DEVMAP and DEVMAP_HASH, where packets leave by an interface, and CPUMAP, where
    /// they wait for a processor.
    /// </summary>
    /// <param name="key">Of the entry; in a CPUMAP the processor.</param>
    /// <param name="value">The interface's index; of a CPUMAP the length of its queue.</param>
    /// <param name="program">Loaded for XDP_DEVMAP or XDP_CPUMAP, run for each packet there (5.8, 5.9); null for none.</param>
    /// <exception cref="ArgumentException">The map's values have no room for a program.</exception>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public void UpdateEntry(uint key, uint value, KernelProgram? program = null)
    {
        if (KeySize != sizeof(uint) || ValueSize < (program is null ? sizeof(uint) : 2 * sizeof(uint)))
            throw new ArgumentException($"the values of map '{Name}' have {ValueSize} bytes, which hold no program", nameof(program));
        using DescriptorUse use = new(program?.Descriptor);
        ulong both = value | (ulong)(program is null ? 0 : use.Number) << 32;
        Update((byte*)&key, (byte*)&both, UpdateMode.Always);
    }

    /// <inheritdoc/>
    /// <exception cref="BpfException">Anything but absence; arrays have no removal.</exception>
    public override bool TryDelete(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize, nameof(key));
        fixed (byte* keyPointer = key)
            return Succeeds(BpfCommand.MapDeleteElement, keyPointer, null, 0, "delete a key from");
    }

    /// <inheritdoc/>
    /// <exception cref="BpfException">The map has no order.</exception>
    public override bool TryGetNextKey(ReadOnlySpan<byte> key, Span<byte> next)
    {
        if (!key.IsEmpty)
            ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize, nameof(key));
        ArgumentOutOfRangeException.ThrowIfLessThan(next.Length, KeySize, nameof(next));
        fixed (byte* keyPointer = key, nextPointer = next)
            return Succeeds(BpfCommand.MapGetNextKey, keyPointer, nextPointer, 0, "walk through");
    }

    /// <summary>Forbids user space to write from now on; a map that is mapped writable is busy.</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public void Freeze()
    {
        using DescriptorUse use = Descriptor.Use();
        var attributes = new SingleAttribute { Value = use.Number };
        if (BpfSyscall.Call(BpfCommand.MapFreeze, ref attributes, out Errno error) < 0)
            throw Refusal("freeze", BpfCommand.MapFreeze, error);
    }

    private bool Read(BpfCommand command, ReadOnlySpan<byte> key, Span<byte> value, string doing)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize, nameof(key));
        ArgumentOutOfRangeException.ThrowIfLessThan(value.Length, ValueBufferSize, nameof(value));
        fixed (byte* keyPointer = key, valuePointer = value)
            return Succeeds(command, keyPointer, valuePointer, 0, doing);
    }

    private void UpdateDescriptor(ReadOnlySpan<byte> key, Descriptor value)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeySize, nameof(key));
        using DescriptorUse use = value.Use();
        int number = use.Number;
        fixed (byte* keyPointer = key)
            Update(keyPointer, (byte*)&number, UpdateMode.Always);
    }

    private bool Update(byte* key, byte* value, UpdateMode mode) =>
        Succeeds(BpfCommand.MapUpdateElement, key, value, (ulong)mode, "update");

    // False for the answers that mean "not there" or, of an update with a condition, "there".
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Succeeds(BpfCommand command, byte* key, byte* value, ulong flags, string doing)
    {
        using DescriptorUse use = Descriptor.Use();
        var attributes = new MapElementAttributes
        {
            Map = use.Number,
            Key = (ulong)key,
            ValueOrNextKey = (ulong)value,
            Flags = flags,
        };
        if (BpfSyscall.Call(command, ref attributes, out Errno error) >= 0)
            return true;
        bool expected = error == Errno.NoEntry || (error == Errno.Exists && flags == (ulong)UpdateMode.OnlyIfAbsent);
        return expected ? false : throw Refusal(doing, command, error);
    }

    private BpfException Refusal(string doing, BpfCommand command, Errno error)
    {
        string? hint = error == Errno.TooBig && command == BpfCommand.MapUpdateElement ? $"it is full with {MaxEntries} entries" : null;
        return new BpfException($"{doing} map '{Name}'", command.KernelName(), error, hint);
    }
}
