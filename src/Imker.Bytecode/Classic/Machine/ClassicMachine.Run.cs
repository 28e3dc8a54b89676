using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Imker.Bytecode.Classic;

public sealed partial class ClassicMachine
{
    // Each round of protochain moves on by at least eight bytes of at most 64 KiB; whoever jumps back more often is in a circle.
    private const int MaxJumpsBack = 1 << 16;

    [InlineArray(ClassicProgram.CellCount)]
    private struct Cells
    {
        private uint first;
    }

    /// <summary>Runs the program over the bytes of a packet that were captured.</summary>
    /// <param name="packet">The bytes, from the link-layer header on.</param>
    /// <param name="info">What else is known, its length on the wire above all.</param>
    /// <returns>The bytes of the packet to keep; 0 for none.</returns>
    public uint Run(ReadOnlySpan<byte> packet, in ClassicPacketInfo info)
    {
        MachineStep[] code = steps;
        Cells cells = default;
        uint a = 0, x = 0;
        int length = packet.Length, jumpsBack = 0;
        int next = 0;
        while (true)
        {
            ref readonly MachineStep step = ref code[next++];
            switch (step.Operation)
            {
                case MachineOperation.LoadWord:
                    if (step.Offset + 4L > length)
                        return 0;
                    a = BinaryPrimitives.ReadUInt32BigEndian(packet[(int)step.Offset..]);
                    break;
                case MachineOperation.LoadHalf:
                    if (step.Offset + 2L > length)
                        return 0;
                    a = BinaryPrimitives.ReadUInt16BigEndian(packet[(int)step.Offset..]);
                    break;
                case MachineOperation.LoadByte:
                    if (step.Offset >= (uint)length)
                        return 0;
                    a = packet[(int)step.Offset];
                    break;
                case MachineOperation.LoadWordJumpEqual:
                    if (step.Offset + 4L > length)
                        return 0;
                    a = BinaryPrimitives.ReadUInt32BigEndian(packet[(int)step.Offset..]);
                    next = a == step.K ? step.True : step.False;
                    break;
                case MachineOperation.LoadHalfJumpEqual:
                    if (step.Offset + 2L > length)
                        return 0;
                    a = BinaryPrimitives.ReadUInt16BigEndian(packet[(int)step.Offset..]);
                    next = a == step.K ? step.True : step.False;
                    break;
                case MachineOperation.LoadByteJumpEqual:
                    if (step.Offset >= (uint)length)
                        return 0;
                    a = packet[(int)step.Offset];
                    next = a == step.K ? step.True : step.False;
                    break;
                case MachineOperation.LoadHalfJumpSet:
                    if (step.Offset + 2L > length)
                        return 0;
                    a = BinaryPrimitives.ReadUInt16BigEndian(packet[(int)step.Offset..]);
                    next = (a & step.K) != 0 ? step.True : step.False;
                    break;
                case MachineOperation.LoadByteJumpSet:
                    if (step.Offset >= (uint)length)
                        return 0;
                    a = packet[(int)step.Offset];
                    next = (a & step.K) != 0 ? step.True : step.False;
                    break;
                case MachineOperation.LoadWordIndirect:
                    if (!TryLoadIndirect(packet, info, (int)(x + step.K), 4, out a))
                        return 0;
                    break;
                case MachineOperation.LoadHalfIndirect:
                    if (!TryLoadIndirect(packet, info, (int)(x + step.K), 2, out a))
                        return 0;
                    break;
                case MachineOperation.LoadByteIndirect:
                    if (!TryLoadIndirect(packet, info, (int)(x + step.K), 1, out a))
                        return 0;
                    break;
                case MachineOperation.LoadHalfIndirectJumpEqual:
                    if (!TryLoadIndirect(packet, info, (int)(x + step.Offset), 2, out a))
                        return 0;
                    next = a == step.K ? step.True : step.False;
                    break;
                case MachineOperation.LoadFromHeader:
                    if (!HeaderLoads.TryLoad(packet, info, (int)step.K, (int)step.Offset, out a))
                        return 0;
                    break;
                case MachineOperation.LoadImmediate: a = step.K; break;
                case MachineOperation.LoadCell: a = cells[(int)step.K & 15]; break;
                case MachineOperation.LoadLength: a = info.Length; break;
                case MachineOperation.LoadField: a = info[(AncillaryField)step.K]; break;
                case MachineOperation.LoadInterfaceField:
                    if (info.InterfaceIndex == 0)
                        return a;
                    a = info[(AncillaryField)step.K];
                    break;
                case MachineOperation.FindAttribute: a = HeaderLoads.FindAttribute(packet, a, x); break;
                case MachineOperation.FindNestedAttribute: a = HeaderLoads.FindNested(packet, a, x); break;
                case MachineOperation.LoadIndexImmediate: x = step.K; break;
                case MachineOperation.LoadIndexCell: x = cells[(int)step.K & 15]; break;
                case MachineOperation.LoadIndexLength: x = info.Length; break;
                case MachineOperation.LoadIndexHeaderLength:
                    if (step.K >= (uint)length)
                        return 0;
                    x = (packet[(int)step.K] & 0xfu) << 2;
                    break;
                case MachineOperation.LoadIndexHeaderLengthFromHeader:
                    if (!HeaderLoads.TryLoad(packet, info, (int)step.K, 1, out x))
                        return 0;
                    x = (x & 0xf) << 2;
                    break;
                case MachineOperation.Store: cells[(int)step.K & 15] = a; break;
                case MachineOperation.StoreIndex: cells[(int)step.K & 15] = x; break;
                case MachineOperation.Add: a += step.K; break;
                case MachineOperation.Sub: a -= step.K; break;
                case MachineOperation.Mul: a *= step.K; break;
                case MachineOperation.Div: a /= step.K; break;
                case MachineOperation.Mod: a %= step.K; break;
                case MachineOperation.Or: a |= step.K; break;
                case MachineOperation.And: a &= step.K; break;
                case MachineOperation.Xor: a ^= step.K; break;
                case MachineOperation.ShiftLeft: a <<= (int)step.K; break;
                case MachineOperation.ShiftRight: a >>= (int)step.K; break;
                case MachineOperation.AddIndex: a += x; break;
                case MachineOperation.SubIndex: a -= x; break;
                case MachineOperation.MulIndex: a *= x; break;
                case MachineOperation.DivIndex:
                    if (x == 0)
                        return 0;
                    a /= x;
                    break;
                case MachineOperation.ModIndex:
                    if (x == 0)
                        return 0;
                    a %= x;
                    break;
                case MachineOperation.OrIndex: a |= x; break;
                case MachineOperation.AndIndex: a &= x; break;
                case MachineOperation.XorIndex: a ^= x; break;
                case MachineOperation.ShiftLeftIndex: a <<= (int)x; break;
                case MachineOperation.ShiftRightIndex: a >>= (int)x; break;
                case MachineOperation.Negate: a = 0u - a; break;
                case MachineOperation.Jump: next = step.True; break;
                case MachineOperation.JumpBack:
                    if (++jumpsBack > MaxJumpsBack)
                        return 0;
                    next = step.True;
                    break;
                case MachineOperation.JumpEqual: next = a == step.K ? step.True : step.False; break;
                case MachineOperation.JumpGreater: next = a > step.K ? step.True : step.False; break;
                case MachineOperation.JumpGreaterOrEqual: next = a >= step.K ? step.True : step.False; break;
                case MachineOperation.JumpSet: next = (a & step.K) != 0 ? step.True : step.False; break;
                case MachineOperation.JumpEqualIndex: next = a == x ? step.True : step.False; break;
                case MachineOperation.JumpGreaterIndex: next = a > x ? step.True : step.False; break;
                case MachineOperation.JumpGreaterOrEqualIndex: next = a >= x ? step.True : step.False; break;
                case MachineOperation.JumpSetIndex: next = (a & x) != 0 ? step.True : step.False; break;
                case MachineOperation.Return: return step.K;
                case MachineOperation.ReturnAccumulator: return a;
                case MachineOperation.IndexFromAccumulator: x = a; break;
                case MachineOperation.AccumulatorFromIndex: a = x; break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryLoadIndirect(ReadOnlySpan<byte> packet, in ClassicPacketInfo info, int offset, int size, out uint value)
    {
        if ((uint)offset > (uint)packet.Length || size > packet.Length - offset)
            return HeaderLoads.TryLoad(packet, info, offset, size, out value);
        ReadOnlySpan<byte> bytes = packet.Slice(offset, size);
        value = size switch
        {
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            _ => bytes[0],
        };
        return true;
    }
}
