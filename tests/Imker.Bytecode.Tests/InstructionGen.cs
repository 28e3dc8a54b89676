using CsCheck;

namespace Imker.Bytecode.Tests;

/// <summary>Random instructions of every form.</summary>
internal static class InstructionGen
{
    private static readonly Gen<int> Constant = Gen.OneOf(Gen.Int, Gen.Int[-20, 20], Gen.OneOf(int.MinValue, int.MaxValue, 0, -1));
    private static readonly Gen<short> Offset = Gen.OneOf(Gen.Short, Gen.Short[-20, 20], Gen.OneOf(short.MinValue, short.MaxValue));
    private static readonly Gen<string> Name = Gen.OneOf(
        Gen.OneOf(".rodata", "fd", "idx", "pc", "r1", "9lives", "a b", "x\"]\\", "é"), Gen.String[Gen.Char.AlphaNumeric, 1, 12]);

    /// <summary>An instruction of this form without a reference; none for a form that is all reference.</summary>
    public static Gen<Instruction>? Numeric(InstructionForm form)
    {
        if (form.NamesReference)
            return null;
        return Gen.Select(Gen.Byte[0, 10], Gen.Byte[0, 10], Offset, Constant, Constant,
            (dst, src, offset, low, high) => form.Create((Register)dst, (Register)src, offset, (long)high << 32 | (uint)low));
    }

    public static Gen<Instruction> AnyNumeric { get; } = Gen.OneOf([.. InstructionForms.All.Select(Numeric).OfType<Gen<Instruction>>()]);

    /// <summary>An instruction that refers to something by name.</summary>
    public static Gen<Instruction> Symbolic { get; } = Gen.Select(Gen.Int[0, 5], Name, Name, Gen.Int, Gen.Bool).Select((kind, name, module, offset, flag) => kind switch
    {
        0 => Instruction.LoadMap(Register.R1, new MapReference(name)),
        1 => Instruction.LoadMap(Register.R2, new MapReference(name, offset, ValueAddress: true)),
        2 => Instruction.LoadFunction(Register.R3, new FunctionReference(name)),
        3 => Instruction.LoadKernelSymbol(Register.R4, new KernelSymbolReference(name, IsTyped: flag, IsWeak: offset % 2 == 0)),
        4 => Instruction.CallFunction(new FunctionReference(name)),
        _ => Instruction.CallKfunc(new KfuncReference(name, flag ? module : null, IsWeak: offset % 2 == 0)),
    });
}
