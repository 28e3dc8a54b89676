using System.Globalization;

namespace Imker.Bytecode.Text;

/// <summary>Reads operands from the tokens of a line into fields.</summary>
internal ref struct OperandReader
{
    private readonly ReadOnlySpan<TextToken> tokens;

    // A register that the text names twice is the same both times.
    private byte? dst, src;

    public OperandFields Fields;

    /// <summary>Starts at the first token, with the values that the text does not name.</summary>
    public OperandReader(ReadOnlySpan<TextToken> tokens, InstructionPattern pattern)
    {
        this.tokens = tokens;
        Fields = new OperandFields { Src = pattern.Src, Offset = pattern.Offset, Low = pattern.Constant };
    }

    /// <summary>The token to be read next.</summary>
    public int Position { get; private set; }

    /// <summary>What stands at <see cref="Position"/> when reading fails there.</summary>
    public string? Expected { get; private set; }

    public bool TryReadLiteral(string text) =>
        TryTake(text) || Fail($"'{text}'");

    public bool TryReadEnd() => Current.Kind == TokenKind.End || Fail("the end of the line");

    /// <summary>Reads one operand of an instruction whose opcode is known.</summary>
    public bool TryRead(Operand operand, byte opcode) => operand switch
    {
        Operand.Dst => TryReadRegister('r', ref dst) && Set(out Fields.Dst, dst),
        Operand.Dst32 => TryReadRegister('w', ref dst) && Set(out Fields.Dst, dst),
        Operand.Src => TryReadRegister('r', ref src) && Set(out Fields.Src, src),
        Operand.Src32 => TryReadRegister('w', ref src) && Set(out Fields.Src, src),
        Operand.Offset => TryReadSigned(short.MinValue, short.MaxValue, out long value) && Set(out Fields.Offset, value),
        Operand.Index => TryReadNumber(short.MinValue, short.MaxValue, out long value) && Set(out Fields.Offset, value),
        Operand.Constant => TryReadConstant(IsNarrow(opcode) ? uint.MaxValue : int.MaxValue),
        Operand.HexConstant or Operand.Low => TryReadConstant(uint.MaxValue),
        Operand.Step => TryReadSigned(int.MinValue, int.MaxValue, out long value) && Set(out Fields.Low, value),
        Operand.To => TryReadNumber(0, ushort.MaxValue, out long value) && Set(out Fields.Low, value << 16),
        Operand.From => TryReadNumber(0, ushort.MaxValue, out long value) && Set(out Fields.Low, (uint)Fields.Low | value),
        Operand.Wide => TryReadWide(),
        Operand.High => TryReadSigned(int.MinValue, int.MaxValue, out long value) && Set(out Fields.High, value),
        Operand.HighFd => TryReadNumber(int.MinValue, int.MaxValue, out long value) && Set(out Fields.High, value),
        Operand.Target => TryReadTarget(short.MinValue, short.MaxValue, out long value) && Set(out Fields.Offset, value),
        Operand.FarTarget => TryReadTarget(int.MinValue, int.MaxValue, out long value) && Set(out Fields.Low, value),
        Operand.Helper => TryReadHelper(),
        _ => TryReadReference(operand),
    };

    private readonly TextToken Current => tokens[Position];

    private bool Fail(string expected)
    {
        Expected = expected;
        return false;
    }

    private bool TryTake(string text)
    {
        if (Current.Kind is not (TokenKind.Word or TokenKind.Operator) || Current.Text != text)
            return false;
        Position++;
        return true;
    }

    private static bool Set(out byte field, byte? value)
    {
        field = value!.Value;
        return true;
    }

    private static bool Set(out short field, long value)
    {
        field = (short)value;
        return true;
    }

    private static bool Set(out int field, long value)
    {
        field = unchecked((int)value);
        return true;
    }

    // Where only 32 bits of the constant count, the unsigned spelling cannot be misread.
    private static bool IsNarrow(byte opcode)
    {
        Instruction instruction = Instruction.Raw(opcode, 0, 0, 0, 0);
        return instruction.Class is InstructionClass.Alu or InstructionClass.Ld
            || (instruction.Class == InstructionClass.St && instruction.Size != MemorySize.DoubleWord);
    }

    private bool TryReadRegister(char prefix, ref byte? register)
    {
        if (Current.Kind != TokenKind.Word || Current.Text[0] != prefix
            || !byte.TryParse(Current.Text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out byte number)
            || number > (byte)Register.R10)
            return Fail($"a register ({prefix}0 to {prefix}10)");
        if (register is { } before && before != number)
            return Fail($"'{prefix}{before}'");
        register = number;
        Position++;
        return true;
    }

    private bool TryReadSigned(long min, long max, out long value)
    {
        value = 0;
        return Current is { Kind: TokenKind.Operator, Text: "+" or "-" } ? TryReadNumber(min, max, out value) : Fail("'+' or '-'");
    }

    // The position stays at the number when it is out of range, so that the finding points there.
    private bool TryReadNumber(long min, long max, out long value)
    {
        value = 0;
        bool negative = TryTakeSign();
        if (!TryParseMagnitude(Current, out ulong magnitude))
            return Fail("a number");
        if (negative ? magnitude > (ulong)-(min + 1) + 1 : magnitude > (ulong)max)
            return Fail($"a number from {min} to {max}");
        Position++;
        value = negative ? -(long)magnitude : (long)magnitude;
        return true;
    }

    private bool TryTakeSign()
    {
        bool negative = TryTake("-");
        if (!negative)
            TryTake("+");
        return negative;
    }

    private bool TryReadConstant(long max) => TryReadNumber(int.MinValue, max, out long value) && Set(out Fields.Low, value);

    private bool TryReadWide()
    {
        bool negative = TryTake("-");
        if (!TryParseMagnitude(Current, out ulong magnitude))
            return Fail("a number");
        if (negative && magnitude > 1UL << 63)
            return Fail("a number of 64 bits");
        Position++;
        ulong value = negative ? 0 - magnitude : magnitude;
        Fields.Low = unchecked((int)value);
        Fields.High = unchecked((int)(value >> 32));
        return true;
    }

    private static bool TryParseMagnitude(TextToken token, out ulong magnitude)
    {
        magnitude = 0;
        if (token.Kind != TokenKind.Word)
            return false;
        ReadOnlySpan<char> text = token.Text;
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out magnitude)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out magnitude);
    }

    private bool TryReadTarget(long min, long max, out long distance)
    {
        distance = 0;
        if (TryTake("pc") || Current.Kind == TokenKind.Operator)
            return TryReadSigned(min, max, out distance);
        if (Current.Kind != TokenKind.Word || char.IsAsciiDigit(Current.Text[0]))
            return Fail("a label or a distance such as '+3'");
        Fields.Reference = new Label(Current.Text);
        Position++;
        return true;
    }

    private bool TryReadHelper()
    {
        if (Current.Kind == TokenKind.Operator || char.IsAsciiDigit(Current.Text.FirstOrDefault()))
            return TryReadNumber(int.MinValue, int.MaxValue, out long id) && Set(out Fields.Low, id);
        if (Current.Kind != TokenKind.Word)
            return Fail("a helper");
        bool isKnown = HelperTable.TryGet(Current.Text, out HelperPrototype? helper);
        if (!isKnown && Current.Text is not (InstructionPrinter.UnknownHelper or InstructionPrinter.NoHelper))
            return Fail("a helper");
        Position++;
        if (helper is not null)
            Fields.Low = (int)helper.Id;
        if (!TryTake("#"))
            return isKnown || Fail("'#'");
        int number = Position;
        if (!TryReadNumber(int.MinValue, int.MaxValue, out long written))
            return false;
        if (helper is not null && written != (int)helper.Id)
        {
            Position = number;
            return Fail($"{(int)helper.Id} (the number of {helper.Name})");
        }
        return Set(out Fields.Low, written);
    }

    private bool TryReadReference(Operand operand)
    {
        if (operand == Operand.Place)
            return TryReadPlace();
        bool isWeak = operand is Operand.Kfunc or Operand.Symbol && TryTake("?");
        if (!TryReadName(out string name))
            return false;
        switch (operand)
        {
            case Operand.Map:
                Fields.Reference = new MapReference(name);
                return true;
            case Operand.MapValue:
                Fields.Reference = new MapReference(name, 0, ValueAddress: true);
                return true;
            case Operand.Function:
                Fields.Reference = new FunctionReference(name);
                return true;
            case Operand.Symbol:
                Fields.Reference = new KernelSymbolReference(name, Fields.Src == (byte)WideLoadKind.BtfId, isWeak);
                return true;
            default:
                return TryReadKfunc(name, isWeak);
        }
    }

    private bool TryReadPlace()
    {
        if (!TryReadSigned(int.MinValue, int.MaxValue, out long offset))
            return false;
        Fields.Reference = (MapReference)Fields.Reference! with { Offset = offset };
        return Set(out Fields.High, offset);
    }

    private bool TryReadKfunc(string first, bool isWeak)
    {
        string? module = null;
        string name = first;
        if (TryTake(":"))
        {
            module = first;
            if (!TryReadName(out name))
                return false;
        }
        Fields.Reference = new KfuncReference(name, module, isWeak);
        return true;
    }

    private bool TryReadName(out string name)
    {
        name = Current.Text;
        if (Current.Kind is not (TokenKind.Word or TokenKind.String))
            return Fail("a name");
        Position++;
        return true;
    }
}
