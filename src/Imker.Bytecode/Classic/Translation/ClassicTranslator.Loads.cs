namespace Imker.Bytecode.Classic;

public sealed partial class ClassicTranslator
{
    // The verifier follows packet pointers no further (MAX_PACKET_OFF).
    private const int MaxDirectOffset = 0xffff;

    private void TranslateLoad(int index)
    {
        ClassicInstruction instruction = instructions[index];
        switch (instruction.Code)
        {
            case ClassicOpcode.LoadImmediate: builder.Emit(Instruction.Mov32(A, (int)instruction.K)); break;
            case ClassicOpcode.LoadIndexImmediate: builder.Emit(Instruction.Mov32(X, (int)instruction.K)); break;
            case ClassicOpcode.LoadCell: builder.Emit(Instruction.Load(MemorySize.Word, A, Register.R10, CellOffset(instruction.K))); break;
            case ClassicOpcode.LoadIndexCell: builder.Emit(Instruction.Load(MemorySize.Word, X, Register.R10, CellOffset(instruction.K))); break;
            case ClassicOpcode.LoadLength: TranslateLength(A); break;
            case ClassicOpcode.LoadIndexLength: TranslateLength(X); break;
            case ClassicOpcode.LoadIndexHeaderLength: TranslateHeaderLength(index); break;
            case ClassicOpcode.LoadIndirectWord or ClassicOpcode.LoadIndirectHalf or ClassicOpcode.LoadIndirectByte:
                TranslateIndirect(SizeOf(instruction), instruction.K);
                break;
            default: TranslateAbsolute(index); break;
        }
    }

    private void TranslateLength(Register target)
    {
        if (IsInMemory)
            builder.Emit(Instruction.Mov32(target, OriginalLength));
        else if (options.Target != ClassicTarget.Xdp)
            builder.Emit(Instruction.Load(MemorySize.Word, target, Context, ContextLayout.BufferLength));
        else
            builder.Emit(Instruction.Mov(target, DataEnd), Instruction.Alu(AluOperation.Sub, target, Data));
    }

    private void TranslateAbsolute(int index)
    {
        ClassicInstruction instruction = instructions[index];
        if (ClassicOffset.TryGetField(instruction.K, out AncillaryField field))
            TranslateField(index, field);
        else if (TryGetOffset(index, out int offset))
            EmitPacketLoad(SizeOf(instruction), offset);
    }

    private void TranslateHeaderLength(int index)
    {
        if (!TryGetOffset(index, out int offset))
            return;
        if (IsInMemory)
        {
            EmitMemoryLoad(MemorySize.Byte, X, offset);
            builder.Emit(Instruction.Alu32(AluOperation.And, X, 0xf), Instruction.Alu32(AluOperation.ShiftLeft, X, 2));
            return;
        }
        // Nothing is loaded into X but by way of A, which is kept in it meanwhile.
        builder.Emit(Instruction.Mov32(X, A));
        EmitPacketLoad(MemorySize.Byte, offset);
        builder.Emit(
            Instruction.Alu32(AluOperation.And, A, 0xf), Instruction.Alu32(AluOperation.ShiftLeft, A, 2),
            Instruction.Mov32(Register.R1, A), Instruction.Mov32(A, X), Instruction.Mov32(X, Register.R1));
    }

    // An offset that counts from a header is the kernel's to find; with pointers there is only the link layer's, which the packet starts with.
    private bool TryGetOffset(int index, out int offset)
    {
        offset = (int)instructions[index].K;
        if (offset >= 0 || !IsDirect)
            return true;
        if (offset is >= ClassicOffset.LinkLayer and < ClassicOffset.Network)
        {
            offset -= ClassicOffset.LinkLayer;
            return true;
        }
        Refuse(index, "an offset from the network header");
        return false;
    }

    private void EmitPacketLoad(MemorySize size, int offset)
    {
        if (!IsDirect)
        {
            builder.Emit(Instruction.LoadAbsolute(size, offset));
            return;
        }
        if (IsInMemory)
        {
            EmitMemoryLoad(size, A, offset);
            return;
        }
        int bytes = BytesOf(size);
        rejects = true;
        if (offset > MaxDirectOffset - bytes)
        {
            // No verifier believes in such a packet. The jump is a conditional one, so that what follows counts as reached.
            builder.Emit(Instruction.JumpIf(JumpCondition.GreaterOrEqual, DataEnd, Data, reject));
            return;
        }
        builder.Emit(
            Instruction.Mov(Register.R1, Data), Instruction.Alu(AluOperation.Add, Register.R1, offset + bytes),
            Instruction.JumpIf(JumpCondition.Greater, Register.R1, DataEnd, reject));
        EmitLoad(size, Register.R1, (short)-bytes);
    }

    private void TranslateIndirect(MemorySize size, uint k)
    {
        if (!IsDirect)
        {
            builder.Emit(Instruction.LoadIndirect(size, X, (int)k));
            return;
        }
        int bytes = BytesOf(size);
        if (IsInMemory)
        {
            EmitIndirectMemoryLoad(size, (int)k, bytes);
            return;
        }
        builder.Emit(Instruction.Mov32(Register.R1, X));
        if (k != 0)
            builder.Emit(Instruction.Alu32(AluOperation.Add, Register.R1, (int)k));
        rejects = true;
        builder.Emit(
            Instruction.JumpIf(JumpCondition.Greater, Register.R1, MaxDirectOffset - bytes, reject),
            Instruction.Alu(AluOperation.Add, Register.R1, Data), Instruction.Mov(Register.R2, Register.R1),
            Instruction.Alu(AluOperation.Add, Register.R2, bytes), Instruction.JumpIf(JumpCondition.Greater, Register.R2, DataEnd, reject));
        EmitLoad(size, Register.R1, 0);
    }

    private void EmitMemoryLoad(MemorySize size, Register target, int offset)
    {
        int bytes = BytesOf(size);
        rejects = true;
        if (offset > int.MaxValue - bytes)
        {
            builder.Emit(Instruction.Jump(reject));
            return;
        }
        builder.Emit(Instruction.JumpIf(JumpCondition.Less, PacketLength, offset + bytes, reject));
        if (offset == (short)offset)
        {
            EmitLoad(size, target, Packet, (short)offset);
            return;
        }
        builder.Emit(Instruction.Mov(Address, Packet), Instruction.Alu(AluOperation.Add, Address, offset));
        EmitLoad(size, target, Address, 0);
    }

    private void EmitIndirectMemoryLoad(MemorySize size, int k, int bytes)
    {
        rejects = true;
        builder.Emit(Instruction.Mov32(Address, X));
        if (k != 0)
            builder.Emit(Instruction.Alu32(AluOperation.Add, Address, k));
        builder.Emit(
            Instruction.Alu(AluOperation.Add, Address, bytes), Instruction.JumpIf(JumpCondition.Greater, Address, PacketLength, reject),
            Instruction.Alu(AluOperation.Add, Address, Packet));
        EmitLoad(size, A, Address, (short)-bytes);
    }

    private void EmitLoad(MemorySize size, Register address, short offset) => EmitLoad(size, A, address, offset);

    private void EmitLoad(MemorySize size, Register target, Register address, short offset)
    {
        builder.Emit(Instruction.Load(size, target, address, offset));
        if (size != MemorySize.Byte)
            builder.Emit(Instruction.ToBigEndian(target, BytesOf(size) * 8));
    }

    private void TranslateField(int index, AncillaryField field)
    {
        switch (field)
        {
            case AncillaryField.XorIndex:
                builder.Emit(Instruction.Alu32(AluOperation.Xor, A, X));
                break;
            case var _ when IsInMemory:
                Refuse(index, $"'{AncillaryName.Of(field).Assembly}'");
                break;
            case AncillaryField.Cpu:
                builder.Emit(Instruction.CallHelper(HelperId.GetSmpProcessorId));
                break;
            case AncillaryField.Random:
                builder.Emit(Instruction.CallHelper(HelperId.GetPrandomU32));
                break;
            case AncillaryField.InterfaceIndex:
                TranslateInterfaceIndex();
                break;
            case var _ when ContextLayout.TryGet(field, options.Target, out short? offset, out bool networkOrder):
                builder.Emit(Instruction.Load(MemorySize.Word, A, Context, offset.Value));
                if (networkOrder)
                    builder.Emit(Instruction.ToBigEndian(A, 16));
                break;
            default:
                Refuse(index, $"'{AncillaryName.Of(field).Assembly}'");
                break;
        }
    }

    // Without an interface the kernel ends a classic program with what A holds.
    private void TranslateInterfaceIndex()
    {
        ContextLayout.TryGet(AncillaryField.InterfaceIndex, options.Target, out short? offset, out _);
        var known = new Label("known");
        builder.Emit(
            Instruction.Load(MemorySize.Word, Register.R1, Context, offset!.Value),
            Instruction.JumpIf32(JumpCondition.NotEqual, Register.R1, 0, known));
        TranslateReturn(new ClassicInstruction(ClassicOpcode.ReturnAccumulator));
        builder.Bind(known);
        builder.Emit(Instruction.Mov32(A, Register.R1));
    }

    private void Refuse(int index, string what)
    {
        string where = options.Target == ClassicTarget.Xdp ? "an XDP program" : IsInMemory ? "a program for packets in memory" : IsDirect ? "a program with direct packet access" : "eBPF";
        diagnostics.Error(ClassicDiagnosticId.NotTranslatable, Diagnostics.SourceSpan.None,
            $"cannot translate instruction {index}, '{instructions[index]}': {what} cannot be had in {where}",
            "attach the classic program itself: the kernel knows all of it");
    }

    private static MemorySize SizeOf(ClassicInstruction instruction) => (MemorySize)(instruction.Code & ClassicOpcode.SizeMask);

    private static int BytesOf(MemorySize size) => size switch
    {
        MemorySize.Word => 4,
        MemorySize.Half => 2,
        _ => 1,
    };
}
