using Imker.Bytecode;

namespace Imker.Machine;

/// <summary>Makes a step of an instruction: decides by opcode and fields once, so that the interpreter need not at each run.</summary>
internal static unsafe class StepTranslator
{
    private const int ConstantToRegister64 = StepCode.Add64Register - StepCode.Add64Constant;
    private const int ConstantToRegisterJump = StepCode.IfEqual64Register - StepCode.IfEqual64Constant;

    /// <summary>One step for each slot; the second of a wide load is never run.</summary>
    public static void Translate(ExecutableProgram program, Span<Step> steps)
    {
        Code code = program.Code;
        for (int i = 0; i < code.Instructions.Length; i++)
            steps[code.SlotOf(i)] = Translate(code.Instructions[i], code.SlotOf(i), program);
    }

    private static Step Translate(Instruction instruction, int slot, ExecutableProgram program)
    {
        var step = new Step { Dst = (byte)instruction.Dst, Src = instruction.SrcField, Offset = instruction.Offset, Constant = instruction.Constant };
        switch (instruction.Class)
        {
            case InstructionClass.Alu or InstructionClass.Alu64:
                step.Code = OfArithmetic(instruction);
                break;
            case InstructionClass.Jmp or InstructionClass.Jmp32:
                TranslateControl(instruction, slot, program, ref step);
                break;
            case InstructionClass.Ld:
                step.Code = instruction.IsWideLoad ? StepCode.LoadConstant
                    : instruction.Mode == MemoryMode.Absolute ? StepCode.PacketAbsolute : StepCode.PacketIndirect;
                step.Offset = SizeOf(instruction.Size);
                break;
            default:
                step.Code = OfMemory(instruction);
                break;
        }
        return step;
    }

    private static StepCode OfArithmetic(Instruction instruction)
    {
        bool isWide = instruction.Class == InstructionClass.Alu64;
        switch (instruction.Opcode & 0xf0)
        {
            case 0x80:
                return isWide ? StepCode.Negate64 : StepCode.Negate32;
            case 0xd0:
                return OfByteOrder(instruction, isWide);
            case 0xb0 when instruction.Offset != 0:
                return OfSignedMove(instruction.Offset, isWide);
        }
        StepCode code = (instruction.Opcode & 0xf0) switch
        {
            0x00 => StepCode.Add64Constant,
            0x10 => StepCode.Sub64Constant,
            0x20 => StepCode.Mul64Constant,
            0x30 => instruction.Offset == 0 ? StepCode.Div64Constant : StepCode.SignedDiv64Constant,
            0x40 => StepCode.Or64Constant,
            0x50 => StepCode.And64Constant,
            0x60 => StepCode.ShiftLeft64Constant,
            0x70 => StepCode.ShiftRight64Constant,
            0x90 => instruction.Offset == 0 ? StepCode.Mod64Constant : StepCode.SignedMod64Constant,
            0xa0 => StepCode.Xor64Constant,
            0xb0 => StepCode.Move64Constant,
            _ => StepCode.ShiftRightSigned64Constant,
        };
        return code.Plus((instruction.UsesSourceRegister ? ConstantToRegister64 : 0) + (isWide ? 0 : 2 * ConstantToRegister64));
    }

    // Class ALU64 swaps whatever the processor is; class ALU brings to little or, with the source bit, big endian.
    private static StepCode OfByteOrder(Instruction instruction, bool isUnconditional)
    {
        bool swaps = isUnconditional || instruction.UsesSourceRegister == BitConverter.IsLittleEndian;
        return instruction.Constant switch
        {
            16 => swaps ? StepCode.Swap16 : StepCode.Truncate16,
            32 => swaps ? StepCode.Swap32 : StepCode.Truncate32,
            _ => swaps ? StepCode.Swap64 : StepCode.Nothing,
        };
    }

    private static StepCode OfSignedMove(short bits, bool isWide) => bits switch
    {
        8 => isWide ? StepCode.Move64From8 : StepCode.Move32From8,
        16 => isWide ? StepCode.Move64From16 : StepCode.Move32From16,
        _ => StepCode.Move64From32,
    };

    private static void TranslateControl(Instruction instruction, int slot, ExecutableProgram program, ref Step step)
    {
        if (instruction.IsConditionalJump)
        {
            step.Code = OfCondition(instruction.Condition).Plus((instruction.UsesSourceRegister ? ConstantToRegisterJump : 0)
                + (instruction.Class == InstructionClass.Jmp32 ? 2 * ConstantToRegisterJump : 0));
            step.Offset = 1 + instruction.Offset;
        }
        else if (instruction.IsJump)
        {
            step.Code = instruction.IsMayGoto ? StepCode.MayGoto : StepCode.Jump;
            step.Offset = 1 + instruction.JumpDistance;
        }
        else if (instruction.IsExit)
            step.Code = StepCode.Exit;
        else
            TranslateCall(instruction, slot, program, ref step);
    }

    private static void TranslateCall(Instruction instruction, int slot, ExecutableProgram program, ref Step step)
    {
        if (instruction is { IsCall: true, Class: InstructionClass.Jmp, UsesSourceRegister: true })
            step.Code = StepCode.CallRegister;
        else if (instruction.CallKind == CallKind.Function)
        {
            step.Code = StepCode.CallFunction;
            step.Offset = 1 + (int)instruction.Constant;
            step.Constant = program.FunctionAt(slot + step.Offset)!.Value.SlotCount;
        }
        else if (instruction.Constant == (int)HelperId.TailCall)
            step.Code = StepCode.TailCall;
        else
        {
            MachineHelper helper = program.FindHelper(instruction.Constant)!;
            step.Code = helper.NeedsNumber ? StepCode.CallNumberedHelper : StepCode.CallHelper;
            step.Offset = helper.Number;
            step.Constant = (nint)helper.Managed;
        }
    }

    private static StepCode OfCondition(JumpCondition condition) => condition switch
    {
        JumpCondition.Equal => StepCode.IfEqual64Constant,
        JumpCondition.NotEqual => StepCode.IfNotEqual64Constant,
        JumpCondition.Greater => StepCode.IfGreater64Constant,
        JumpCondition.GreaterOrEqual => StepCode.IfGreaterOrEqual64Constant,
        JumpCondition.Less => StepCode.IfLess64Constant,
        JumpCondition.LessOrEqual => StepCode.IfLessOrEqual64Constant,
        JumpCondition.SignedGreater => StepCode.IfSignedGreater64Constant,
        JumpCondition.SignedGreaterOrEqual => StepCode.IfSignedGreaterOrEqual64Constant,
        JumpCondition.SignedLess => StepCode.IfSignedLess64Constant,
        JumpCondition.SignedLessOrEqual => StepCode.IfSignedLessOrEqual64Constant,
        _ => StepCode.IfBitsSet64Constant,
    };

    private static StepCode OfMemory(Instruction instruction)
    {
        int width = instruction.Size switch { MemorySize.Byte => 0, MemorySize.Half => 1, MemorySize.Word => 2, _ => 3 };
        if (instruction.Mode == MemoryMode.Atomic)
        {
            return (AtomicOperation)instruction.Constant switch
            {
                AtomicOperation.LoadAcquire => StepCode.LoadAcquire8.Plus(width),
                AtomicOperation.StoreRelease => StepCode.StoreRelease8.Plus(width),
                _ => width == 2 ? StepCode.Atomic32 : StepCode.Atomic64,
            };
        }
        if (instruction.Mode == MemoryMode.MemorySignExtended)
            return StepCode.LoadSigned8.Plus(width);
        Register pointer = instruction.Class == InstructionClass.Ldx ? instruction.Src : instruction.Dst;
        bool isInFrame = pointer == Register.R10 && instruction.Offset >= -ExecutionState.FrameSize && instruction.Offset + SizeOf(instruction.Size) <= 0;
        StepCode narrowest = instruction.Class switch
        {
            InstructionClass.Ldx => isInFrame ? StepCode.LoadFrame8 : StepCode.Load8,
            InstructionClass.Stx => isInFrame ? StepCode.StoreFrame8 : StepCode.Store8,
            _ => isInFrame ? StepCode.StoreFrameConstant8 : StepCode.StoreConstant8,
        };
        return narrowest.Plus(width);
    }

    private static StepCode Plus(this StepCode code, int distance) => (StepCode)((int)code + distance);

    private static int SizeOf(MemorySize size) => size switch
    {
        MemorySize.Byte => 1,
        MemorySize.Half => 2,
        MemorySize.Word => 4,
        _ => 8,
    };
}
