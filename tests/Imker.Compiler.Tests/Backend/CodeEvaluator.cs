using System.Buffers.Binary;
using Imker.Bytecode;
using Imker.Compiler.Tests.Ir;
using Imker.Objects;

namespace Imker.Compiler.Tests.Backend;

/// <summary>
/// Runs generated code on the same memory and helpers as <see cref="IrEvaluator"/> runs IR. Like the kernel's verifier it takes no
/// register that was not written or was lost over a call, and no arithmetic on pointers but moving them.
/// </summary>
internal sealed class CodeEvaluator(BpfObject compiled, EvaluatedHelpers helpers)
{
    private const int StackSize = StackBudget.Total;
    private const int MaxSteps = 2_000_000;

    private int steps;

    /// <summary>Runs a program on a context made from a seed as <see cref="IrEvaluator.Run"/> makes it.</summary>
    public static Evaluation Run(BpfObject compiled, string program, int seed)
    {
        var helpers = new EvaluatedHelpers(seed);
        var context = new EvaluatedMemory("context", IrEvaluator.ContextSize);
        var bytes = new byte[IrEvaluator.ContextSize];
        new Random(seed).NextBytes(bytes);
        context.Write(0, bytes);
        FunctionSpec entry = compiled.FindProgram(program)!.Entry;
        EvaluatedValue result = new CodeEvaluator(compiled, helpers).Call(entry, [new EvaluatedValue(0, context)]);
        return new Evaluation(result.Integer, [.. helpers.Observations]);
    }

    private EvaluatedValue Call(FunctionSpec function, ReadOnlySpan<EvaluatedValue> arguments)
    {
        var code = new Code(function.Instructions);
        var registers = new EvaluatedValue?[11];
        for (int i = 0; i < arguments.Length; i++)
            registers[1 + i] = arguments[i];
        registers[10] = new EvaluatedValue(StackSize, new EvaluatedMemory("stack", StackSize));
        int index = 0;
        while (true)
        {
            if (++steps > MaxSteps)
                throw new InvalidOperationException("The code does not end.");
            Instruction instruction = code.Instructions[index];
            if (instruction.IsExit)
                return Read(registers, Register.R0);
            if (instruction.IsJump && IsTaken(instruction, registers))
            {
                Assert.True(code.TryGetJumpTarget(index, out index));
                continue;
            }
            if (!instruction.IsJump)
                Execute(instruction, registers);
            index++;
        }
    }

    private void Execute(Instruction instruction, EvaluatedValue?[] registers)
    {
        switch (instruction.Class)
        {
            case InstructionClass.Jmp:
                Call(instruction, registers);
                break;
            case InstructionClass.Ld:
                registers[(int)instruction.Dst] = WideLoad(instruction);
                break;
            case InstructionClass.Ldx:
                registers[(int)instruction.Dst] = At(registers, instruction.Src, instruction.Offset, (place, offset) =>
                    place.Load(offset, SizeOf(instruction.Size)));
                break;
            case InstructionClass.St:
                Store(instruction, registers, new EvaluatedValue(instruction.Constant));
                break;
            case InstructionClass.Stx when instruction.Mode == MemoryMode.Atomic:
                Exchange(instruction, registers);
                break;
            case InstructionClass.Stx:
                Store(instruction, registers, Read(registers, instruction.Src));
                break;
            default:
                registers[(int)instruction.Dst] = Calculate(instruction, registers);
                break;
        }
    }

    private EvaluatedValue WideLoad(Instruction instruction) => instruction.Reference switch
    {
        MapReference { ValueAddress: true } place => new EvaluatedValue(place.Offset, helpers.Section(place.Name)),
        MapReference map => new EvaluatedValue(0, new EvaluatedMemory(map.Name, 0)),
        null => new EvaluatedValue(instruction.Constant),
        _ => throw new InvalidOperationException($"{instruction.Reference} is not evaluated."),
    };

    private void Call(Instruction instruction, EvaluatedValue?[] registers)
    {
        EvaluatedValue result;
        if (instruction.Reference is FunctionReference called)
        {
            EvaluatedValue[] given = [.. registers[1..6].TakeWhile(r => r is not null).Select(r => r!.Value)];
            result = Call(compiled.FindFunction(called.Name)!, given);
        }
        else
        {
            var helper = (HelperId)instruction.Constant;
            int count = HelperTable.Get(helper).Arguments.Length;
            result = helpers.Call(helper, [.. Enumerable.Range(1, count).Select(i => Read(registers, (Register)i))]);
        }
        Array.Clear(registers, 1, 5);
        registers[0] = result;
    }

    private static void Store(Instruction instruction, EvaluatedValue?[] registers, EvaluatedValue value) =>
        At(registers, instruction.Dst, instruction.Offset, (place, offset) =>
        {
            place.Store(offset, SizeOf(instruction.Size), value);
            return default;
        });

    private static void Exchange(Instruction instruction, EvaluatedValue?[] registers)
    {
        int size = SizeOf(instruction.Size);
        long operand = Read(registers, instruction.Src).Integer;
        var operation = (AtomicOperation)instruction.Constant;
        EvaluatedValue before = At(registers, instruction.Dst, instruction.Offset, (place, offset) =>
        {
            EvaluatedValue old = place.Load(offset, size);
            place.Store(offset, size, new EvaluatedValue(operation switch
            {
                AtomicOperation.Add or AtomicOperation.FetchAdd => old.Integer + operand,
                AtomicOperation.Or or AtomicOperation.FetchOr => old.Integer | operand,
                AtomicOperation.And or AtomicOperation.FetchAnd => old.Integer & operand,
                AtomicOperation.Xor or AtomicOperation.FetchXor => old.Integer ^ operand,
                _ => operand,
            }));
            return old;
        });
        if (operation is not (AtomicOperation.Add or AtomicOperation.Or or AtomicOperation.And or AtomicOperation.Xor))
            registers[(int)instruction.Src] = before;
    }

    private static EvaluatedValue At(
        EvaluatedValue?[] registers, Register register, int distance, Func<EvaluatedMemory, long, EvaluatedValue> access)
    {
        EvaluatedValue pointer = Read(registers, register);
        return access(pointer.Memory ?? throw new InvalidOperationException($"{register} is no pointer."), pointer.Integer + distance);
    }

    private static EvaluatedValue Read(EvaluatedValue?[] registers, Register register) =>
        registers[(int)register] ?? throw new InvalidOperationException($"{register} is read and holds nothing.");

    private static bool IsTaken(Instruction instruction, EvaluatedValue?[] registers)
    {
        if (instruction.IsUnconditionalJump)
            return true;
        EvaluatedValue left = Read(registers, instruction.Dst);
        EvaluatedValue right = instruction.UsesSourceRegister
            ? Read(registers, instruction.Src)
            : new EvaluatedValue(instruction.Constant);
        if (left.Memory is not null || right.Memory is not null)
            return (left == right) == (instruction.Condition == JumpCondition.Equal);
        return instruction.Class == InstructionClass.Jmp
            ? Holds(instruction.Condition, left.Integer, right.Integer, (ulong)left.Integer, (ulong)right.Integer)
            : Holds(instruction.Condition, (int)left.Integer, (int)right.Integer, (uint)left.Integer, (uint)right.Integer);
    }

    private static bool Holds(JumpCondition condition, long a, long b, ulong ua, ulong ub) => condition switch
    {
        JumpCondition.Equal => a == b,
        JumpCondition.NotEqual => a != b,
        JumpCondition.Greater => ua > ub,
        JumpCondition.GreaterOrEqual => ua >= ub,
        JumpCondition.Less => ua < ub,
        JumpCondition.LessOrEqual => ua <= ub,
        JumpCondition.SignedGreater => a > b,
        JumpCondition.SignedGreaterOrEqual => a >= b,
        JumpCondition.SignedLess => a < b,
        JumpCondition.SignedLessOrEqual => a <= b,
        _ => (ua & ub) != 0,
    };

    private static EvaluatedValue Calculate(Instruction instruction, EvaluatedValue?[] registers)
    {
        bool wide = instruction.Class == InstructionClass.Alu64;
        int operation = instruction.Opcode & 0xf0;
        if (operation == 0xd0)
            return new EvaluatedValue(SwapBytes(Integer(registers, instruction.Dst), (int)instruction.Constant));
        EvaluatedValue right = instruction.UsesSourceRegister
            ? Read(registers, instruction.Src)
            : new EvaluatedValue(instruction.Constant);
        if (operation == 0xb0)
            return Move(right, instruction.Offset, wide);
        EvaluatedValue left = Read(registers, instruction.Dst);
        if (wide && operation == 0 && left.Memory is not null && right.Memory is null)
            return left.Move(right.Integer);
        if (left.Memory is not null || right.Memory is not null)
            throw new InvalidOperationException($"Arithmetic on a pointer: {Disassembler.Format(instruction)}");
        var alu = (AluOperation)(operation | instruction.Offset << 8);
        return new EvaluatedValue(wide
            ? Calculate64(alu, left.Integer, right.Integer)
            : (uint)Calculate32(alu, (int)left.Integer, (int)right.Integer));
    }

    private static EvaluatedValue Move(EvaluatedValue value, int signedBits, bool wide)
    {
        if (wide && signedBits == 0)
            return value;
        if (value.Memory is not null)
            throw new InvalidOperationException("A pointer is cut.");
        long moved = signedBits == 0 ? value.Integer : value.Integer << (64 - signedBits) >> (64 - signedBits);
        return new EvaluatedValue(wide ? moved : (uint)moved);
    }

    private static long Integer(EvaluatedValue?[] registers, Register register)
    {
        EvaluatedValue value = Read(registers, register);
        return value.Memory is null ? value.Integer : throw new InvalidOperationException($"{register} is a pointer.");
    }

    private static long SwapBytes(long value, int bits) => BinaryPrimitives.ReverseEndianness(value) >>> (64 - bits);

    private static long Calculate64(AluOperation operation, long a, long b) => operation switch
    {
        AluOperation.Div => b == 0 ? 0 : (long)((ulong)a / (ulong)b),
        AluOperation.SignedDiv => b == 0 ? 0 : (long)((Int128)a / b),
        AluOperation.Mod => b == 0 ? a : (long)((ulong)a % (ulong)b),
        AluOperation.SignedMod => b == 0 ? a : (long)((Int128)a % b),
        AluOperation.ShiftLeft => a << (int)(b & 63),
        AluOperation.ShiftRight => a >>> (int)(b & 63),
        AluOperation.ShiftRightSigned => a >> (int)(b & 63),
        _ => Calculate(operation, a, b),
    };

    private static int Calculate32(AluOperation operation, int a, int b) => operation switch
    {
        AluOperation.Div => b == 0 ? 0 : (int)((uint)a / (uint)b),
        AluOperation.SignedDiv => b == 0 ? 0 : (int)((long)a / b),
        AluOperation.Mod => b == 0 ? a : (int)((uint)a % (uint)b),
        AluOperation.SignedMod => b == 0 ? a : (int)((long)a % b),
        AluOperation.ShiftLeft => a << (b & 31),
        AluOperation.ShiftRight => a >>> (b & 31),
        AluOperation.ShiftRightSigned => a >> (b & 31),
        _ => (int)Calculate(operation, a, b),
    };

    private static long Calculate(AluOperation operation, long a, long b) => operation switch
    {
        AluOperation.Add => a + b,
        AluOperation.Sub => a - b,
        AluOperation.Mul => a * b,
        AluOperation.Or => a | b,
        AluOperation.And => a & b,
        AluOperation.Xor => a ^ b,
        _ => throw new InvalidOperationException($"{operation} is not evaluated."),
    };

    private static int SizeOf(MemorySize size) => size switch
    {
        MemorySize.Byte => 1,
        MemorySize.Half => 2,
        MemorySize.Word => 4,
        _ => 8,
    };
}
