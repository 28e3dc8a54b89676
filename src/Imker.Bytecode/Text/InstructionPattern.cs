using System.Collections.Immutable;

namespace Imker.Bytecode.Text;

/// <summary>A part of a pattern: literal text, or an operand.</summary>
internal readonly record struct PatternPart(string? Literal, Operand Operand);

/// <summary>How the text of an instruction belongs to its fields; a row of a table.</summary>
internal sealed class InstructionPattern
{
    private static readonly Dictionary<string, Operand> Operands = new()
    {
        ["rd"] = Operand.Dst,
        ["wd"] = Operand.Dst32,
        ["rs"] = Operand.Src,
        ["ws"] = Operand.Src32,
        ["off"] = Operand.Offset,
        ["index"] = Operand.Index,
        ["imm"] = Operand.Constant,
        ["hex"] = Operand.HexConstant,
        ["step"] = Operand.Step,
        ["to"] = Operand.To,
        ["from"] = Operand.From,
        ["wide"] = Operand.Wide,
        ["low"] = Operand.Low,
        ["high"] = Operand.High,
        ["fd"] = Operand.HighFd,
        ["target"] = Operand.Target,
        ["fartarget"] = Operand.FarTarget,
        ["helper"] = Operand.Helper,
        ["map"] = Operand.Map,
        ["value"] = Operand.MapValue,
        ["place"] = Operand.Place,
        ["function"] = Operand.Function,
        ["kfunc"] = Operand.Kfunc,
        ["symbol"] = Operand.Symbol,
    };

    private readonly bool namesDst, namesSrc, namesOffset, namesLow, namesHigh;

    /// <summary>Takes a row.</summary>
    /// <param name="opcode">All eight bits.</param>
    /// <param name="src">The source field where the text names none.</param>
    /// <param name="offset">The offset where the text names none.</param>
    /// <param name="constant">The constant where the text names none.</param>
    /// <param name="text">Literal text with operands in braces.</param>
    public InstructionPattern(byte opcode, byte src, short offset, int constant, string text)
    {
        Opcode = opcode;
        Src = src;
        Offset = offset;
        Constant = constant;
        Text = text;
        Parts = Split(text);
        namesDst = Names(Operand.Dst, Operand.Dst32);
        namesSrc = Names(Operand.Src, Operand.Src32);
        namesOffset = Names(Operand.Offset, Operand.Index, Operand.Target);
        namesLow = Names(
            Operand.Constant, Operand.HexConstant, Operand.Step, Operand.To, Operand.Wide, Operand.Low, Operand.FarTarget, Operand.Helper);
        namesHigh = Names(Operand.Wide, Operand.High, Operand.HighFd);
    }

    public byte Opcode { get; }

    public byte Src { get; }

    public short Offset { get; }

    public int Constant { get; }

    public string Text { get; }

    public ImmutableArray<PatternPart> Parts { get; }

    /// <summary>Whether the instruction, of this opcode, has the fixed values where the text names no field, and the kind of reference.</summary>
    public bool Matches(Instruction instruction)
    {
        if (!MatchesReference(instruction.Reference))
            return false;
        if (!namesDst && instruction.Dst != 0)
            return false;
        if ((!namesSrc && instruction.SrcField != Src) || (!namesOffset && instruction.Offset != Offset))
            return false;
        if (instruction.Reference is not (null or Label))
            return true;
        // A short instruction's constant is sign-extended: its high half says nothing.
        return (namesLow || (int)instruction.Constant == Constant)
            && (namesHigh || !instruction.IsWideLoad || instruction.Constant >> 32 == 0);
    }

    /// <summary>An instruction with these values in the fields that the text names.</summary>
    public Instruction Create(byte dst, byte src, short offset, long constant)
    {
        bool isWide = Instruction.Raw(Opcode, 0, 0, 0, 0).IsWideLoad;
        long low = namesLow ? (int)constant : Constant;
        long value = !isWide ? low : (namesHigh ? constant >> 32 << 32 : 0) | (uint)low;
        return Instruction.Raw(Opcode, namesDst ? dst : (byte)0, namesSrc ? src : Src, namesOffset ? offset : Offset, value);
    }

    /// <summary>Whether the text names something that only a reference can tell.</summary>
    public bool NamesReference => Names(Operand.Map, Operand.MapValue, Operand.Function, Operand.Kfunc, Operand.Symbol);

    private bool MatchesReference(Reference? reference) => reference switch
    {
        null => !NamesReference,
        Label => Names(Operand.Target, Operand.FarTarget),
        MapReference map => Names(map.ValueAddress ? Operand.MapValue : Operand.Map),
        FunctionReference => Names(Operand.Function),
        KfuncReference => Names(Operand.Kfunc),
        KernelSymbolReference => Names(Operand.Symbol),
        _ => false,
    };

    private bool Names(params ReadOnlySpan<Operand> operands)
    {
        foreach (PatternPart part in Parts)
        {
            if (part.Literal is null && operands.Contains(part.Operand))
                return true;
        }
        return false;
    }

    private static ImmutableArray<PatternPart> Split(string text)
    {
        var parts = ImmutableArray.CreateBuilder<PatternPart>();
        for (int position = 0; position < text.Length;)
        {
            if (text[position] == '{')
            {
                int close = text.IndexOf('}', position);
                parts.Add(new PatternPart(null, Operands[text[(position + 1)..close]]));
                position = close + 1;
            }
            else
            {
                int open = text.IndexOf('{', position);
                int end = open < 0 ? text.Length : open;
                parts.Add(new PatternPart(text[position..end], default));
                position = end;
            }
        }
        return parts.ToImmutable();
    }
}
