using System.Collections.Immutable;
using Imker.Bytecode.Classic;

namespace Imker.TestKit;

/// <summary>
/// Classic programs that the kernel takes, made at random: every instruction, jumps anywhere ahead, scratch cells loaded only behind the
/// stores that every program starts with.
/// </summary>
public sealed class RandomClassicProgram
{
    private const int StoredCells = 4, MaxBody = 40, Offsets = 80;

    private readonly Random random;
    private readonly ImmutableArray<AncillaryField> fields;
    private readonly ImmutableArray<ClassicForm> forms =
        [.. ClassicForm.All.Where(form => form.Operand != ClassicOperand.Target || form.Code == ClassicOpcode.Jump)];

    /// <param name="random">Decides all.</param>
    /// <param name="fields">The ancillary loads that may be used.</param>
    public RandomClassicProgram(Random random, params ImmutableArray<AncillaryField> fields)
    {
        this.random = random;
        this.fields = fields;
    }

    public ClassicProgram Next()
    {
        var instructions = ImmutableArray.CreateBuilder<ClassicInstruction>();
        instructions.Add(new ClassicInstruction(ClassicOpcode.LoadIndexImmediate, (uint)random.Next(Offsets)));
        instructions.Add(new ClassicInstruction(ClassicOpcode.LoadImmediate, Constant()));
        for (uint cell = 0; cell < StoredCells; cell++)
            instructions.Add(new ClassicInstruction(cell % 2 == 0 ? ClassicOpcode.Store : ClassicOpcode.StoreIndex, cell));
        int body = random.Next(1, MaxBody);
        for (int i = 0; i < body; i++)
            instructions.Add(Instruction(body - i));
        instructions.Add(random.Next(3) == 0
            ? new ClassicInstruction(ClassicOpcode.Return, Constant()) : new ClassicInstruction(ClassicOpcode.ReturnAccumulator));
        return new ClassicProgram(instructions.ToImmutable());
    }

    /// <summary>Bytes of a packet: as often as not short enough to be read past.</summary>
    public byte[] NextPacket(int atLeast = 0)
    {
        byte[] packet = new byte[random.Next(atLeast, atLeast + 2 * Offsets)];
        random.NextBytes(packet);
        return packet;
    }

    private ClassicInstruction Instruction(int left)
    {
        ClassicForm form = forms[random.Next(forms.Length)];
        // Without this the programs end after a few instructions.
        if (form.Code is ClassicOpcode.Return or ClassicOpcode.ReturnAccumulator && random.Next(4) != 0)
            return Instruction(left);
        uint k = form.Operand switch
        {
            ClassicOperand.Absolute => fields.Length > 0 && random.Next(6) == 0
                ? ClassicOffset.Of(fields[random.Next(fields.Length)]) : (uint)random.Next(Offsets),
            ClassicOperand.Indirect => random.Next(8) == 0 ? unchecked((uint)-random.Next(Offsets)) : (uint)random.Next(Offsets),
            ClassicOperand.HeaderLength => (uint)random.Next(Offsets),
            ClassicOperand.Cell => (uint)random.Next(form.Mnemonic.StartsWith("ld", StringComparison.Ordinal) ? StoredCells : ClassicProgram.CellCount),
            ClassicOperand.Target => (uint)random.Next(left),
            ClassicOperand.None or ClassicOperand.Index or ClassicOperand.Accumulator or ClassicOperand.PacketLength => 0,
            _ => ConstantOf(form.Code),
        };
        var instruction = new ClassicInstruction(form.Code, k);
        return instruction.IsConditionalJump
            ? instruction with { Jt = (byte)random.Next(left), Jf = (byte)random.Next(left) }
            : instruction;
    }

    private uint ConstantOf(ushort code) => code switch
    {
        ClassicOpcode.Div or ClassicOpcode.Mod => Math.Max(1, Constant()),
        ClassicOpcode.ShiftLeft or ClassicOpcode.ShiftRight => (uint)random.Next(32),
        ClassicOpcode.LoadIndexImmediate => random.Next(4) == 0 ? Constant() : (uint)random.Next(Offsets),
        _ => Constant(),
    };

    private uint Constant() => random.Next(5) switch
    {
        0 => (uint)random.Next(4),
        1 => (uint)random.Next(256),
        2 => (uint)random.Next(65536),
        3 => 1u << random.Next(32),
        _ => (uint)random.NextInt64(1L << 32),
    };
}
