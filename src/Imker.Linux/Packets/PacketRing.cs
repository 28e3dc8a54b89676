using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// The memory that the kernel puts packets into (<c>TPACKET_V3</c>): blocks, each handed over whole when it is full or old enough.
/// </summary>
internal sealed unsafe class PacketRing : IDisposable
{
    private const int VlanTagSize = 4, HardwareAddresses = 12;
    private const long NanosecondsOfSecond = TimeSpan.NanosecondsPerTick * TimeSpan.TicksPerSecond;

    private readonly MappedMemory memory;
    private readonly PacketRingRequest shape;
    private readonly CookedHeader cooked;
    private readonly bool isEthernet;
    private uint block, left;
    private byte* next;
    private bool holdsBlock;

    internal PacketRing(MappedMemory memory, in PacketRingRequest shape, CookedHeader cooked, bool isEthernet)
    {
        this.memory = memory;
        this.shape = shape;
        this.cooked = cooked;
        this.isEthernet = isEthernet;
    }

    /// <summary>Moves to the next packet; false when the kernel has handed over no more.</summary>
    /// <exception cref="ObjectDisposedException">The memory was given back.</exception>
    internal bool TryRead(out ReceivedPacket packet)
    {
        ObjectDisposedException.ThrowIf(memory.IsClosed, this);
        while (left == 0)
        {
            if (!TryTakeBlock())
            {
                packet = default;
                return false;
            }
        }
        var header = (PacketFrameHeader*)next;
        left--;
        next += header->NextOffset;
        packet = PacketAt(header);
        return true;
    }

    public void Dispose()
    {
        left = 0;
        memory.Dispose();
    }

    private bool TryTakeBlock()
    {
        if (holdsBlock)
        {
            Volatile.Write(ref BlockAt(block)->Status, 0);
            block = block + 1 == shape.BlockCount ? 0 : block + 1;
            holdsBlock = false;
        }
        PacketBlockHeader* header = BlockAt(block);
        if ((Volatile.Read(ref header->Status) & PacketBlockHeader.UserOwns) == 0)
            return false;
        holdsBlock = true;
        left = header->PacketCount;
        next = (byte*)header + header->FirstPacketOffset;
        return true;
    }

    private PacketBlockHeader* BlockAt(uint index) => (PacketBlockHeader*)(memory.Pointer + (nuint)index * shape.BlockSize);

    private ReceivedPacket PacketAt(PacketFrameHeader* header)
    {
        byte* data = (byte*)header + header->DataOffset;
        uint captured = header->CapturedLength, original = header->OriginalLength;
        long timestamp = header->Seconds * NanosecondsOfSecond + header->Nanoseconds;
        // Headers may overwrite it: what is put before the data lies on it.
        PacketAddress address = header->Address;
        if ((header->Status & PacketFrameHeader.VlanValid) != 0)
        {
            ushort protocol = (header->Status & PacketFrameHeader.VlanProtocolValid) != 0 ? header->VlanProtocol : SocketConstants.ProtocolVlan;
            if (TryPutTagBack(ref data, ref captured, protocol, (ushort)header->VlanTag, ref address))
                original += VlanTagSize;
        }
        if (cooked != CookedHeader.None)
        {
            uint size = PutCookedHeader(ref data, address);
            captured += size;
            original += size;
        }
        return new ReceivedPacket
        {
            Timestamp = timestamp,
            Data = new ReadOnlySpan<byte>(data, (int)captured),
            OriginalLength = original,
            InterfaceIndex = address.InterfaceIndex,
            PacketType = address.PacketType,
        };
    }

    // The kernel takes the outer tag out of the packet before any socket sees it. Between its header and the data it leaves at least
    // 14 bytes (TPACKET_ALIGN and the room for a hardware header in tpacket_rcv): enough for the tag, and for a cooked header.
    private bool TryPutTagBack(ref byte* data, ref uint captured, ushort protocol, ushort tag, ref PacketAddress address)
    {
        if (cooked != CookedHeader.None)
        {
            data -= VlanTagSize;
            WriteBigEndian(data, tag);
            Unsafe.WriteUnaligned(data + 2, address.Protocol);
            address.Protocol = BinaryPrimitives.ReverseEndianness(protocol);
        }
        else if (isEthernet && captured >= HardwareAddresses)
        {
            data -= VlanTagSize;
            new ReadOnlySpan<byte>(data + VlanTagSize, HardwareAddresses).CopyTo(new Span<byte>(data, HardwareAddresses));
            WriteBigEndian(data + HardwareAddresses, protocol);
            WriteBigEndian(data + HardwareAddresses + 2, tag);
        }
        else
        {
            return false;
        }
        captured += VlanTagSize;
        return true;
    }

    private uint PutCookedHeader(ref byte* data, in PacketAddress address)
    {
        Span<byte> hardwareAddress = stackalloc byte[8];
        fixed (byte* source = address.HardwareAddress)
            new ReadOnlySpan<byte>(source, 8).CopyTo(hardwareAddress);
        hardwareAddress[Math.Min((int)address.AddressLength, 8)..].Clear();
        return cooked == CookedHeader.Version1 ? PutVersion1(ref data, address, hardwareAddress) : PutVersion2(ref data, address, hardwareAddress);
    }

    private static uint PutVersion1(ref byte* data, in PacketAddress address, ReadOnlySpan<byte> hardwareAddress)
    {
        const int size = CookedHeaderSize.Version1;
        data -= size;
        WriteBigEndian(data, address.PacketType);
        WriteBigEndian(data + 2, address.HardwareType);
        WriteBigEndian(data + 4, address.AddressLength);
        hardwareAddress.CopyTo(new Span<byte>(data + 6, 8));
        Unsafe.WriteUnaligned(data + 14, address.Protocol);
        return size;
    }

    private static uint PutVersion2(ref byte* data, in PacketAddress address, ReadOnlySpan<byte> hardwareAddress)
    {
        const int size = CookedHeaderSize.Version2;
        data -= size;
        Unsafe.WriteUnaligned(data, address.Protocol);
        Unsafe.WriteUnaligned<ushort>(data + 2, 0);
        BinaryPrimitives.WriteInt32BigEndian(new Span<byte>(data + 4, 4), address.InterfaceIndex);
        WriteBigEndian(data + 8, address.HardwareType);
        data[10] = address.PacketType;
        data[11] = address.AddressLength;
        hardwareAddress.CopyTo(new Span<byte>(data + 12, 8));
        return size;
    }

    private static void WriteBigEndian(byte* target, ushort value) => BinaryPrimitives.WriteUInt16BigEndian(new Span<byte>(target, 2), value);
}
