namespace Imker.Bytecode.Classic.Text;

/// <summary>Reads what stands behind a mnemonic, as tcpdump and as the kernel's syntax write it, and finds the opcode of both.</summary>
internal static class ClassicOperandReader
{
    private static readonly Dictionary<(string Mnemonic, ClassicOperand Operand), ushort> Codes = BuildCodes();

    /// <summary>All mnemonics but jumps, for suggestions.</summary>
    public static IEnumerable<string> Mnemonics => Codes.Keys.Select(key => key.Mnemonic).Distinct();

    public static bool IsMnemonic(string mnemonic) => Codes.Keys.Any(key => key.Mnemonic == mnemonic);

    /// <summary>Reads the operand of a mnemonic that is there; jump targets are left to the caller.</summary>
    public static ClassicInstruction Read(ClassicTokens tokens, string mnemonic)
    {
        Bytecode.Text.TextToken first = tokens.Current;
        (ClassicOperand operand, uint k) = ReadOperand(tokens, mnemonic);
        if (tokens.Failed)
            return default;
        if (Codes.TryGetValue((mnemonic, operand), out ushort code))
            return new ClassicInstruction(code, k);
        string taken = string.Join(" or ", Codes.Keys.Where(key => key.Mnemonic == mnemonic).Select(key => Describe(key.Operand)).Distinct());
        tokens.Error(ClassicDiagnosticId.BadText, first, $"'{mnemonic}' takes {taken}");
        return default;
    }

    private static (ClassicOperand Operand, uint K) ReadOperand(ClassicTokens tokens, string mnemonic)
    {
        if (tokens.AtEnd)
            return (mnemonic == "ret" ? ClassicOperand.Accumulator : ClassicOperand.None, 0);
        if (tokens.TryTake("#"))
            return ReadConstant(tokens);
        if (tokens.TryTake("["))
            return ReadPacket(tokens);
        if (tokens.TryTake("M"))
            return (ClassicOperand.Cell, Bracketed(tokens));
        if (tokens.IsNext("4") && tokens.IsNext("*", 1))
            return (ClassicOperand.HeaderLength, ReadHeaderLength(tokens));
        bool percent = tokens.TryTake("%");
        if (tokens.TryTake("x"))
            return (ClassicOperand.Index, 0);
        if (tokens.TryTake("a"))
            return (ClassicOperand.Accumulator, 0);
        if (percent)
            tokens.Miss("'x' or 'a'");
        return (ClassicOperand.Hex, tokens.ExpectNumber());
    }

    private static (ClassicOperand Operand, uint K) ReadConstant(ClassicTokens tokens)
    {
        if (tokens.IsNext("-") || tokens.Current.Text is [>= '0' and <= '9', ..])
            return (ClassicOperand.Hex, tokens.ExpectNumber());
        if (tokens.TryTake("pktlen") || tokens.TryTake("len"))
            return (ClassicOperand.PacketLength, 0);
        return (ClassicOperand.Absolute, ExpectField(tokens));
    }

    private static (ClassicOperand Operand, uint K) ReadPacket(ClassicTokens tokens)
    {
        bool percent = tokens.TryTake("%");
        if (tokens.TryTake("x"))
            return (ClassicOperand.Indirect, ReadDistance(tokens));
        if (percent)
            tokens.Miss("'x'");
        uint k = tokens.IsNext("-") || tokens.Current.Text is [>= '0' and <= '9', ..] ? tokens.ExpectNumber() : ExpectField(tokens);
        tokens.Expect("]");
        return (ClassicOperand.Absolute, k);
    }

    private static uint ReadDistance(ClassicTokens tokens)
    {
        uint k = 0;
        if (tokens.TryTake("+"))
            k = tokens.ExpectNumber();
        else if (tokens.IsNext("-"))
            k = tokens.ExpectNumber();
        tokens.Expect("]");
        return k;
    }

    private static uint Bracketed(ClassicTokens tokens)
    {
        tokens.Expect("[");
        uint k = tokens.ExpectNumber();
        tokens.Expect("]");
        return k;
    }

    private static uint ReadHeaderLength(ClassicTokens tokens)
    {
        tokens.Expect("4", "*", "(");
        uint k = Bracketed(tokens);
        tokens.Expect("&", "0xf", ")");
        return k;
    }

    private static uint ExpectField(ClassicTokens tokens)
    {
        if (!AncillaryName.TryFind(tokens.Current.Text, out AncillaryField field))
            tokens.Miss("a number or what Linux knows of a packet, such as 'type' or 'ifidx'");
        else
            tokens.ExpectWord("a name");
        return ClassicOffset.Of(field);
    }

    private static Dictionary<(string, ClassicOperand), ushort> BuildCodes()
    {
        var codes = new Dictionary<(string, ClassicOperand), ushort>();
        foreach (ClassicForm form in ClassicForm.All)
            codes[(form.Mnemonic, form.Operand == ClassicOperand.Decimal ? ClassicOperand.Hex : form.Operand)] = form.Code;
        codes[("ldi", ClassicOperand.Hex)] = ClassicOpcode.LoadImmediate;
        codes[("ldxi", ClassicOperand.Hex)] = ClassicOpcode.LoadIndexImmediate;
        codes[("ldx", ClassicOperand.HeaderLength)] = ClassicOpcode.LoadIndexHeaderLength;
        return codes;
    }

    private static string Describe(ClassicOperand operand) => operand switch
    {
        ClassicOperand.None => "nothing",
        ClassicOperand.Absolute => "'[n]'",
        ClassicOperand.Indirect => "'[x + n]'",
        ClassicOperand.Hex => "'#n'",
        ClassicOperand.Cell => "'M[n]'",
        ClassicOperand.PacketLength => "'#pktlen'",
        ClassicOperand.HeaderLength => "'4*([n]&0xf)'",
        ClassicOperand.Index => "'x'",
        ClassicOperand.Accumulator => "'a'",
        _ => "a target",
    };
}
