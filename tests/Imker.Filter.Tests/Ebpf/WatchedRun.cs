using System.Buffers.Binary;
using Imker.Bytecode;

namespace Imker.Filter.Tests.Ebpf;

/// <summary>
/// Runs a socket filter step by step and watches what it asks <c>bpf_skb_load_bytes</c> for. Knows the instructions that filters become; its
/// stack starts at address 0, the context is the packet's length.
/// </summary>
internal sealed class WatchedRun(byte[] packet)
{
    private const int StackSize = 512;
    private const ulong Context = 1UL << 40;

    private readonly ulong[] registers = new ulong[11];
    private readonly byte[] stack = new byte[StackSize];

    /// <summary>The offsets of the bytes that were loaded, in their order, as often as they were.</summary>
    public List<long> Loaded { get; } = [];

    /// <summary>The calls that loaded them.</summary>
    public int Calls { get; private set; }

    public ulong Run(Code code)
    {
        registers[1] = Context;
        registers[10] = StackSize;
        for (int index = 0; ;)
        {
            Instruction instruction = code.Instructions[index];
            if (instruction.IsExit)
                return registers[0];
            if (instruction.IsJump && IsTaken(instruction))
            {
                Assert.True(code.TryGetJumpTarget(index, out index));
                continue;
            }
            if (!instruction.IsJump)
                Execute(instruction);
            index++;
        }
    }

    private void Execute(Instruction instruction)
    {
        switch (instruction.Class)
        {
            case InstructionClass.Jmp:
                LoadBytes();
                break;
            case InstructionClass.Ld:
                registers[(int)instruction.Dst] = (ulong)instruction.Constant;
                break;
            case InstructionClass.Ldx:
                registers[(int)instruction.Dst] = Load(registers[(int)instruction.Src] + (ulong)(long)instruction.Offset, instruction.Size);
                break;
            case InstructionClass.St or InstructionClass.Stx:
                Store(instruction);
                break;
            default:
                Compute(instruction);
                break;
        }
    }

    private void LoadBytes()
    {
        uint offset = (uint)registers[2], size = (uint)registers[4];
        bool there = offset + (ulong)size <= (ulong)packet.Length;
        registers[0] = there ? 0 : ulong.MaxValue;
        if (!there)
            return;
        Calls++;
        for (uint i = 0; i < size; i++)
            Loaded.Add(offset + i);
        packet.AsSpan((int)offset, (int)size).CopyTo(stack.AsSpan((int)registers[3]));
    }

    private ulong Load(ulong address, MemorySize size)
    {
        if (address >= Context)
            return (ulong)packet.Length;
        ReadOnlySpan<byte> bytes = stack.AsSpan((int)address);
        return size switch
        {
            MemorySize.Byte => bytes[0],
            MemorySize.Half => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            MemorySize.Word => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        };
    }

    private void Store(Instruction instruction)
    {
        Span<byte> bytes = stack.AsSpan((int)registers[(int)instruction.Dst] + instruction.Offset);
        ulong value = instruction.Class == InstructionClass.Stx ? registers[(int)instruction.Src] : (ulong)instruction.Constant;
        switch (instruction.Size)
        {
            case MemorySize.Byte: bytes[0] = (byte)value; break;
            case MemorySize.Half: BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value); break;
            case MemorySize.Word: BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value); break;
            default: BinaryPrimitives.WriteUInt64LittleEndian(bytes, value); break;
        }
    }

    private void Compute(Instruction instruction)
    {
        bool wide = instruction.Class == InstructionClass.Alu64;
        ulong left = registers[(int)instruction.Dst];
        ulong right = instruction.UsesSourceRegister ? registers[(int)instruction.Src] : (ulong)instruction.Constant;
        if (!wide)
            (left, right) = ((uint)left, (uint)right);
        int count = (int)(right & (wide ? 63u : 31u));
        ulong result = (instruction.Opcode & 0xf0) switch
        {
            0x00 => left + right,
            0x10 => left - right,
            0x20 => left * right,
            0x30 => right == 0 ? 0 : left / right,
            0x40 => left | right,
            0x50 => left & right,
            0x60 => left << count,
            0x70 => left >> count,
            0x80 => 0 - left,
            0x90 => right == 0 ? left : left % right,
            0xa0 => left ^ right,
            0xb0 => right,
            0xd0 => Swap(left, (int)instruction.Constant),
            _ => throw new InvalidOperationException($"'{Disassembler.Format(instruction)}' is not among what filters become."),
        };
        registers[(int)instruction.Dst] = wide || (instruction.Opcode & 0xf0) == 0xd0 ? result : (uint)result;
    }

    private static ulong Swap(ulong value, int bits) => bits switch
    {
        16 => BinaryPrimitives.ReverseEndianness((ushort)value),
        32 => BinaryPrimitives.ReverseEndianness((uint)value),
        _ => BinaryPrimitives.ReverseEndianness(value),
    };

    private bool IsTaken(Instruction instruction)
    {
        if (instruction.IsUnconditionalJump)
            return true;
        ulong left = registers[(int)instruction.Dst];
        ulong right = instruction.UsesSourceRegister ? registers[(int)instruction.Src] : (ulong)instruction.Constant;
        if (instruction.Class == InstructionClass.Jmp32)
            (left, right) = ((uint)left, (uint)right);
        return instruction.Condition switch
        {
            JumpCondition.Equal => left == right,
            JumpCondition.NotEqual => left != right,
            JumpCondition.Greater => left > right,
            JumpCondition.GreaterOrEqual => left >= right,
            JumpCondition.Less => left < right,
            JumpCondition.LessOrEqual => left <= right,
            JumpCondition.BitsSet => (left & right) != 0,
            _ => throw new InvalidOperationException($"'{Disassembler.Format(instruction)}' is not among what filters become."),
        };
    }
}
