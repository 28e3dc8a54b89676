using System.Collections.Immutable;

namespace Imker.Bytecode.Classic;

/// <summary>Decodes checked instructions into steps, one for each, so that jumps keep their targets.</summary>
internal static class MachineDecoder
{
    public static MachineStep[] Decode(ImmutableArray<ClassicInstruction> instructions)
    {
        var steps = new MachineStep[instructions.Length];
        for (int i = 0; i < steps.Length; i++)
            steps[i] = Decode(instructions[i], i);
        // The step behind stays, for those that jump to it.
        for (int i = 0; i + 1 < steps.Length; i++)
        {
            if (TryJoin(steps[i].Operation, steps[i + 1].Operation, out MachineOperation joined))
                steps[i] = steps[i + 1] with { Operation = joined, Offset = steps[i].Offset };
        }
        return steps;
    }

    private static MachineStep Decode(ClassicInstruction instruction, int index)
    {
        uint k = instruction.K;
        if (instruction.Class == ClassicClass.Jump)
            return DecodeJump(instruction, index);
        return instruction.Code switch
        {
            ClassicOpcode.LoadAbsoluteWord or ClassicOpcode.LoadAbsoluteHalf or ClassicOpcode.LoadAbsoluteByte => DecodeLoad(instruction),
            ClassicOpcode.LoadIndexHeaderLength when (int)k < 0 => new(MachineOperation.LoadIndexHeaderLengthFromHeader, 0, 0, 1, k),
            _ => new(OperationOf(instruction.Code), 0, 0, k, k),
        };
    }

    private static MachineStep DecodeLoad(ClassicInstruction instruction)
    {
        uint size = instruction.Code switch
        {
            ClassicOpcode.LoadAbsoluteWord => 4,
            ClassicOpcode.LoadAbsoluteHalf => 2,
            _ => 1,
        };
        if (ClassicOffset.TryGetField(instruction.K, out AncillaryField field))
            return new(OperationOf(field), 0, 0, (uint)field, (uint)field);
        if ((int)instruction.K < 0)
            return new(MachineOperation.LoadFromHeader, 0, 0, size, instruction.K);
        MachineOperation load = size switch
        {
            4 => MachineOperation.LoadWord,
            2 => MachineOperation.LoadHalf,
            _ => MachineOperation.LoadByte,
        };
        return new(load, 0, 0, instruction.K, instruction.K);
    }

    private static MachineOperation OperationOf(AncillaryField field) => field switch
    {
        AncillaryField.NetlinkAttribute => MachineOperation.FindAttribute,
        AncillaryField.NestedNetlinkAttribute => MachineOperation.FindNestedAttribute,
        AncillaryField.XorIndex => MachineOperation.XorIndex,
        AncillaryField.InterfaceIndex or AncillaryField.HardwareType => MachineOperation.LoadInterfaceField,
        _ => MachineOperation.LoadField,
    };

    private static MachineStep DecodeJump(ClassicInstruction instruction, int index)
    {
        if (instruction.Code == ClassicOpcode.Jump)
        {
            ushort target = (ushort)(index + 1 + (int)instruction.K);
            return new((int)instruction.K < 0 ? MachineOperation.JumpBack : MachineOperation.Jump, target, target, 0, 0);
        }
        return new(OperationOf(instruction.Code), (ushort)(index + 1 + instruction.Jt), (ushort)(index + 1 + instruction.Jf), 0, instruction.K);
    }

    private static bool TryJoin(MachineOperation load, MachineOperation jump, out MachineOperation joined)
    {
        joined = (load, jump) switch
        {
            (MachineOperation.LoadWord, MachineOperation.JumpEqual) => MachineOperation.LoadWordJumpEqual,
            (MachineOperation.LoadHalf, MachineOperation.JumpEqual) => MachineOperation.LoadHalfJumpEqual,
            (MachineOperation.LoadByte, MachineOperation.JumpEqual) => MachineOperation.LoadByteJumpEqual,
            (MachineOperation.LoadHalf, MachineOperation.JumpSet) => MachineOperation.LoadHalfJumpSet,
            (MachineOperation.LoadByte, MachineOperation.JumpSet) => MachineOperation.LoadByteJumpSet,
            (MachineOperation.LoadHalfIndirect, MachineOperation.JumpEqual) => MachineOperation.LoadHalfIndirectJumpEqual,
            _ => load,
        };
        return joined != load;
    }

    private static MachineOperation OperationOf(ushort code) => code switch
    {
        ClassicOpcode.LoadIndirectWord => MachineOperation.LoadWordIndirect,
        ClassicOpcode.LoadIndirectHalf => MachineOperation.LoadHalfIndirect,
        ClassicOpcode.LoadIndirectByte => MachineOperation.LoadByteIndirect,
        ClassicOpcode.LoadImmediate => MachineOperation.LoadImmediate,
        ClassicOpcode.LoadCell => MachineOperation.LoadCell,
        ClassicOpcode.LoadLength => MachineOperation.LoadLength,
        ClassicOpcode.LoadIndexImmediate => MachineOperation.LoadIndexImmediate,
        ClassicOpcode.LoadIndexCell => MachineOperation.LoadIndexCell,
        ClassicOpcode.LoadIndexLength => MachineOperation.LoadIndexLength,
        ClassicOpcode.LoadIndexHeaderLength => MachineOperation.LoadIndexHeaderLength,
        ClassicOpcode.Store => MachineOperation.Store,
        ClassicOpcode.StoreIndex => MachineOperation.StoreIndex,
        ClassicOpcode.Add => MachineOperation.Add,
        ClassicOpcode.Sub => MachineOperation.Sub,
        ClassicOpcode.Mul => MachineOperation.Mul,
        ClassicOpcode.Div => MachineOperation.Div,
        ClassicOpcode.Mod => MachineOperation.Mod,
        ClassicOpcode.Or => MachineOperation.Or,
        ClassicOpcode.And => MachineOperation.And,
        ClassicOpcode.Xor => MachineOperation.Xor,
        ClassicOpcode.ShiftLeft => MachineOperation.ShiftLeft,
        ClassicOpcode.ShiftRight => MachineOperation.ShiftRight,
        ClassicOpcode.AddX => MachineOperation.AddIndex,
        ClassicOpcode.SubX => MachineOperation.SubIndex,
        ClassicOpcode.MulX => MachineOperation.MulIndex,
        ClassicOpcode.DivX => MachineOperation.DivIndex,
        ClassicOpcode.ModX => MachineOperation.ModIndex,
        ClassicOpcode.OrX => MachineOperation.OrIndex,
        ClassicOpcode.AndX => MachineOperation.AndIndex,
        ClassicOpcode.XorX => MachineOperation.XorIndex,
        ClassicOpcode.ShiftLeftX => MachineOperation.ShiftLeftIndex,
        ClassicOpcode.ShiftRightX => MachineOperation.ShiftRightIndex,
        ClassicOpcode.Negate => MachineOperation.Negate,
        ClassicOpcode.JumpEqual => MachineOperation.JumpEqual,
        ClassicOpcode.JumpGreater => MachineOperation.JumpGreater,
        ClassicOpcode.JumpGreaterOrEqual => MachineOperation.JumpGreaterOrEqual,
        ClassicOpcode.JumpSet => MachineOperation.JumpSet,
        ClassicOpcode.JumpEqualX => MachineOperation.JumpEqualIndex,
        ClassicOpcode.JumpGreaterX => MachineOperation.JumpGreaterIndex,
        ClassicOpcode.JumpGreaterOrEqualX => MachineOperation.JumpGreaterOrEqualIndex,
        ClassicOpcode.JumpSetX => MachineOperation.JumpSetIndex,
        ClassicOpcode.Return => MachineOperation.Return,
        ClassicOpcode.ReturnAccumulator => MachineOperation.ReturnAccumulator,
        ClassicOpcode.IndexFromAccumulator => MachineOperation.IndexFromAccumulator,
        ClassicOpcode.AccumulatorFromIndex => MachineOperation.AccumulatorFromIndex,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "There is no such instruction."),
    };
}
