using Imker.Bytecode;
using Imker.Diagnostics;

namespace Imker.Compiler.Ir;

internal sealed partial class IrBodyParser
{
    private void ParseInstruction(IrBlock block)
    {
        IrToken? result = null;
        if (reader.Current.Kind == IrTokenKind.Value)
        {
            result = reader.Next();
            reader.Expect('=');
        }
        IrInstruction instruction = ParseOperation(reader.Expect(IrTokenKind.Word, "an instruction"), result);
        instruction.Span = result?.Span ?? default;
        if (result is { } name && !values.TryAdd(name.Text, instruction))
            throw new IrSyntaxException(name.Span, "IMK2005", $"there is a value '{name.Text}' already");
        if (instruction is not PhiInstruction phi)
            block.Add(instruction);
        else
            AddPhi(block, phi);
    }

    private void AddPhi(IrBlock block, PhiInstruction phi)
    {
        if (block.Instructions.Count > 0)
            throw new IrSyntaxException(reader.Current.Span, "IMK2013", "phis stand before all other instructions of a block");
        block.AddPhi(phi);
        phis.Add((phi, reader.Position));
        while (!reader.AtEndOfLine)
            reader.Next();
    }

    private IrInstruction ParseOperation(IrToken keyword, IrToken? result)
    {
        if (IrMnemonics.Binary.TryGetValue(keyword.Text, out BinaryOperator binary))
            return new BinaryInstruction(binary, ParseOperand(), ParseAfterComma());
        if (IrMnemonics.Compare.TryGetValue(keyword.Text, out CompareOperator compare))
            return new CompareInstruction(compare, ParseOperand(), ParseAfterComma());
        if (IrMnemonics.Convert.TryGetValue(keyword.Text, out ConvertOperator convert))
            return new ConvertInstruction(convert, IrParser.ParseType(reader), ParseOperand());
        return keyword.Text switch
        {
            "phi" => new PhiInstruction(IrParser.ParseType(reader)),
            "select" => new SelectInstruction(ParseOperand(), ParseAfterComma(), ParseAfterComma()),
            "stack" => ParseStack(result),
            "load" => ParseLoad(),
            "store" => ParseStore(),
            "zero" => ParseZero(),
            "copy" => ParseCopy(),
            "offset" => new OffsetInstruction(ParseOperand(), ParseAfterComma()),
            "atomic" => ParseAtomic(),
            "map" => new MapAddressInstruction(reader.Expect(IrTokenKind.Text, "the map's name in quotes").Text),
            "global" => ParseGlobal(),
            "address" => new FunctionAddressInstruction(ParseFunctionName()),
            "call" => ParseHelperCall(),
            "invoke" => new CallFunctionInstruction(ParseFunctionName(), ParseArguments()),
            "assume" => ParseAssume(),
            _ => throw new IrSyntaxException(keyword.Span, "IMK2014", $"there is no instruction '{keyword.Text}'"),
        };
    }

    private TerminatorInstruction ParseTerminator()
    {
        IrToken keyword = reader.Expect(IrTokenKind.Word, "the end of the block: jump, branch, maygoto or return");
        TerminatorInstruction terminator = keyword.Text switch
        {
            "jump" => new JumpInstruction(ParseBlockName()),
            "branch" => ParseBranch(),
            "maygoto" => new MayGotoInstruction(ParseBlockName(), ParseTargetAfterComma()),
            "return" => new ReturnInstruction(ParseOperand()),
            _ => throw new IrSyntaxException(keyword.Span, "IMK2015", $"a block ends with jump, branch, maygoto or return, not with '{keyword.Text}'"),
        };
        terminator.Span = keyword.Span;
        return terminator;
    }

    private BranchInstruction ParseBranch()
    {
        IrValue condition = ParseOperand();
        IrBlock ifTrue = ParseTargetAfterComma(), ifFalse = ParseTargetAfterComma();
        BranchHint hint = reader.AcceptWord("likely") ? BranchHint.LikelyTrue
            : reader.AcceptWord("unlikely") ? BranchHint.LikelyFalse : BranchHint.None;
        return new BranchInstruction(condition, ifTrue, ifFalse) { Hint = hint };
    }

    private IrBlock ParseTargetAfterComma()
    {
        reader.Expect(',');
        return ParseBlockName();
    }

    private IrValue ParseAfterComma()
    {
        reader.Expect(',');
        return ParseOperand();
    }

    private IrValue ParseOperand()
    {
        if (reader.Current.Kind == IrTokenKind.Value)
        {
            IrToken name = reader.Next();
            return values.TryGetValue(name.Text, out IrValue? value)
                ? value
                : throw new IrSyntaxException(name.Span, "IMK2016", $"no value '{name.Text}' is defined before this use");
        }
        IrType type = IrParser.ParseType(reader);
        if (!type.IsPointer)
            return new IrConstant(type, reader.Expect(IrTokenKind.Integer, "an integer").Integer);
        reader.ExpectWord("null");
        return new IrConstant(type, 0);
    }

    private StackAllocateInstruction ParseStack(IrToken? result)
    {
        int size = reader.ExpectInt32("the size");
        return new StackAllocateInstruction(size, ParseAlignment(), result?.Text[1..] ?? "unnamed");
    }

    private int ParseAlignment()
    {
        reader.ExpectWord("align");
        return reader.ExpectInt32("the alignment");
    }

    private (IrValue Pointer, int Offset) ParseAddress()
    {
        IrValue pointer = ParseOperand();
        if (reader.Accept('+'))
            return (pointer, reader.ExpectInt32("the offset"));
        return reader.Accept('-') ? (pointer, -reader.ExpectInt32("the offset")) : (pointer, 0);
    }

    private LoadInstruction ParseLoad()
    {
        IrType type = IrParser.ParseType(reader);
        (IrValue pointer, int offset) = ParseAddress();
        return new LoadInstruction(type, pointer, offset);
    }

    private StoreInstruction ParseStore()
    {
        (IrValue pointer, int offset) = ParseAddress();
        return new StoreInstruction(pointer, offset, ParseAfterComma());
    }

    private ZeroMemoryInstruction ParseZero()
    {
        (IrValue pointer, int offset) = ParseAddress();
        reader.Expect(',');
        int size = reader.ExpectInt32("the size");
        return new ZeroMemoryInstruction(pointer, offset, size, ParseAlignment());
    }

    private CopyMemoryInstruction ParseCopy()
    {
        (IrValue target, int targetOffset) = ParseAddress();
        reader.Expect(',');
        (IrValue from, int fromOffset) = ParseAddress();
        reader.Expect(',');
        int size = reader.ExpectInt32("the size");
        return new CopyMemoryInstruction(target, targetOffset, from, fromOffset, size, ParseAlignment());
    }

    private AtomicInstruction ParseAtomic()
    {
        IrToken name = reader.Expect(IrTokenKind.Word, "an atomic operation");
        if (!IrMnemonics.Atomic.TryGetValue(name.Text, out AtomicOperator op))
            throw new IrSyntaxException(name.Span, "IMK2014", $"there is no atomic operation '{name.Text}'");
        (IrValue pointer, int offset) = ParseAddress();
        return new AtomicInstruction(op, pointer, offset, ParseAfterComma());
    }

    private GlobalAddressInstruction ParseGlobal()
    {
        string map = reader.Expect(IrTokenKind.Text, "the section's name in quotes").Text;
        reader.Expect('+');
        return new GlobalAddressInstruction(map, reader.ExpectInt32("the offset"));
    }

    private IrFunction ParseFunctionName()
    {
        IrToken name = reader.Expect(IrTokenKind.Word, "the name of a function");
        return functions.TryGetValue(name.Text, out IrFunction? callee)
            ? callee
            : throw new IrSyntaxException(
                name.Span, "IMK2017", $"there is no function '{name.Text}'{Spelling.Suggestion(name.Text, functions.Keys)}");
    }

    private CallHelperInstruction ParseHelperCall()
    {
        IrType type = IrParser.ParseType(reader);
        IrToken name = reader.Expect(IrTokenKind.Word, "the name of a helper");
        if (!HelperTable.TryGet(name.Text, out HelperPrototype? helper))
        {
            throw new IrSyntaxException(
                name.Span, "IMK2018", $"there is no helper '{name.Text}'{Spelling.Suggestion(name.Text, HelperTable.All.Select(h => h.Name))}");
        }
        return new CallHelperInstruction(helper.Id, type, ParseArguments());
    }

    private IrValue[] ParseArguments()
    {
        var arguments = new List<IrValue>();
        reader.Expect('(');
        while (!reader.Accept(')'))
        {
            if (arguments.Count > 0)
                reader.Expect(',');
            arguments.Add(ParseOperand());
        }
        return [.. arguments];
    }

    private AssumeInstruction ParseAssume()
    {
        IrType type = IrParser.ParseType(reader);
        return new AssumeInstruction(ParseOperand(), type);
    }
}
