using Imker.Bytecode;

namespace Imker.Samples;

/// <summary>Builds code from instructions, and lists it.</summary>
internal static class AssembleCode
{
    public static int Run()
    {
        var done = new Label("done");
        var builder = new CodeBuilder();
        builder.Emit(Instruction.LoadMap(Register.R1, new MapReference("counts")));
        builder.Emit(Instruction.CallHelper(HelperId.MapLookupElem));
        builder.Emit(Instruction.JumpIf(JumpCondition.Equal, Register.R0, 0, done));
        builder.Emit(Instruction.Mov(Register.R0, 1));
        builder.Bind(done);
        builder.Emit(Instruction.Exit);
        Code code = builder.ToCode();

        Console.Write(Disassembler.Format(code));
        return 0;
    }
}
