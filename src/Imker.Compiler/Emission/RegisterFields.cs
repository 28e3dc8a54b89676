using Imker.Bytecode;

namespace Imker.Compiler.Emission;

internal static class RegisterFields
{
    /// <summary>The instruction with its register fields filled in.</summary>
    public static Instruction WithRegisters(this Instruction template, Register dst, Register src) =>
        Instruction.Raw(template.Opcode, (byte)dst, (byte)src, template.Offset, template.Constant, template.Reference);

    public static Instruction WithDst(this Instruction template, Register dst) =>
        Instruction.Raw(template.Opcode, (byte)dst, template.SrcField, template.Offset, template.Constant, template.Reference);
}
