using CsCheck;
using Imker.Bytecode.Classic;

namespace Imker.Bytecode.Tests.Classic;

public sealed class MachineNodeTests
{
    private static readonly ushort[] codes =
    [
        ClassicOpcode.LoadAbsoluteWord, ClassicOpcode.LoadAbsoluteHalf, ClassicOpcode.LoadAbsoluteByte,
        ClassicOpcode.LoadIndirectWord, ClassicOpcode.LoadIndirectHalf, ClassicOpcode.LoadIndirectByte,
        ClassicOpcode.LoadIndexHeaderLength, ClassicOpcode.LoadImmediate, ClassicOpcode.LoadLength, ClassicOpcode.LoadIndexImmediate, ClassicOpcode.LoadIndexLength,
        ClassicOpcode.Add, ClassicOpcode.Sub, ClassicOpcode.Mul, ClassicOpcode.Div, ClassicOpcode.Or, ClassicOpcode.And, ClassicOpcode.ShiftLeft,
        ClassicOpcode.ShiftRight, ClassicOpcode.Negate, ClassicOpcode.Mod, ClassicOpcode.Xor,
        ClassicOpcode.AddX, ClassicOpcode.SubX, ClassicOpcode.MulX, ClassicOpcode.DivX, ClassicOpcode.OrX, ClassicOpcode.AndX, ClassicOpcode.ShiftLeftX,
        ClassicOpcode.ShiftRightX, ClassicOpcode.ModX, ClassicOpcode.XorX, ClassicOpcode.IndexFromAccumulator, ClassicOpcode.AccumulatorFromIndex,
        ClassicOpcode.JumpEqual, ClassicOpcode.JumpGreater, ClassicOpcode.JumpGreaterOrEqual, ClassicOpcode.JumpSet,
        ClassicOpcode.JumpEqualX, ClassicOpcode.JumpGreaterX, ClassicOpcode.JumpGreaterOrEqualX, ClassicOpcode.JumpSetX, ClassicOpcode.Jump,
        ClassicOpcode.Return, ClassicOpcode.ReturnAccumulator,
    ];

    private static readonly Gen<uint> genOperand = Gen.OneOf(Gen.UInt[0, 31], Gen.UInt[0, 300], Gen.UInt, Gen.UInt[0xfff00000, uint.MaxValue]);

    /// <summary>Programs that go by nodes give what the loop over steps gives.</summary>
    [Fact]
    public void Nodes_and_steps_give_the_same() =>
        Gen.Select(Gen.Select(Gen.Int[0, codes.Length - 1].Select(i => codes[i]), Gen.Byte, Gen.Byte, genOperand).Array[1, 24], Gen.Byte.Array[0, 40], Gen.UInt[0, 100])
            .Sample((raw, packet, length) =>
            {
                var program = new ClassicProgram([.. raw.Select((r, i) => Valid(r.Item1, r.Item2, r.Item3, r.Item4, raw.Length - i - 1)), new ClassicInstruction(ClassicOpcode.ReturnAccumulator)]);
                if (!ClassicMachine.TryCreate(program, out ClassicMachine? machine, out _))
                    return;
                Assert.Equal(machine.Run(packet, new ClassicPacketInfo { Length = length }), machine.Run(packet, length));
            }, iter: 100_000);

    // Jumps and constants as the kernel wants them.
    private static ClassicInstruction Valid(ushort code, byte yes, byte no, uint k, int left) => code switch
    {
        ClassicOpcode.Jump => new(code, (uint)(yes % (left + 1))),
        ClassicOpcode.ShiftLeft or ClassicOpcode.ShiftRight => new(code, k & 31),
        ClassicOpcode.Div or ClassicOpcode.Mod => new(code, k | 1),
        ClassicOpcode.LoadAbsoluteWord or ClassicOpcode.LoadAbsoluteHalf or ClassicOpcode.LoadAbsoluteByte or ClassicOpcode.LoadIndexHeaderLength => new(code, k & 0x3f),
        _ when (code & 7) == 5 => new(code, (byte)(yes % (left + 1)), (byte)(no % (left + 1)), k),
        _ => new(code, k),
    };
}
