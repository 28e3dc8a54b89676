using CsCheck;
using Imker.Diagnostics;

namespace Imker.Bytecode.Tests;

public sealed class TextTests
{
    public static TheoryData<string, string> KernelText => new()
    {
        { "b701000005000000", "r1 = 5" },
        { "b4010000ffffffff", "w1 = -1" },
        { "bf21000000000000", "r1 = r2" },
        { "bf21080000000000", "r1 = (s8)r2" },
        { "bc21100000000000", "w1 = (s16)w2" },
        { "3f21010000000000", "r1 s/= r2" },
        { "c701000003000000", "r1 s>>= 3" },
        { "8701000000000000", "r1 = -r1" },
        { "dc01000010000000", "r1 = be16 r1" },
        { "d701000020000000", "r1 = bswap32 r1" },
        { "6110040000000000", "r0 = *(u32 *)(r1 +4)" },
        { "9110fcff00000000", "r0 = *(s8 *)(r1 -4)" },
        { "620af8ff05000000", "*(u32 *)(r10 -8) = 5" },
        { "db21000000000000", "lock *(u64 *)(r1 +0) += r2" },
        { "db21000001000000", "r2 = atomic64_fetch_add((u64 *)(r1 +0), r2)" },
        { "c3210000f1000000", "r0 = atomic_cmpxchg((u32 *)(r1 +0), r0, r2)" },
        { "db10080000010000", "r0 = load_acquire((u64 *)(r1 +8))" },
        { "6501030005000000", "if r1 s> 0x5 goto pc+3" },
        { "4e21fdff00000000", "if w1 & w2 goto pc-3" },
        { "0600000070110100", "gotol pc+70000" },
        { "e500020000000000", "may_goto pc+2" },
        { "8500000001000000", "call bpf_map_lookup_elem#1" },
        { "8500000000000000", "call bpf_unspec#0" },
        { "85000000e8030000", "call unknown#1000" },
        { "8510000007000000", "call pc+7" },
        { "8520000039300000", "call kernel-function#12345" },
        { "1801000001000000" + "0000000002000000", "r1 = 0x200000001 ll" },
        { "1811000007000000" + "0000000000000000", "r1 = map[fd:7]" },
        { "1821000007000000" + "0000000010000000", "r1 = map[fd:7][0]+16" },
        { "1841000005000000" + "0000000000000000", "r1 = subprog[+5]" },
        { "5030000010000000", "r0 = *(u8 *)skb[r3 + 16]" },
        { "bf21010001000000", "r1 = addr_space_cast(r2, 0, 1)" },
        { "9500000000000000", "exit" },
    };

    [Theory]
    [MemberData(nameof(KernelText))]
    public void Bytes_and_the_kernels_text_tell_the_same(string hex, string text)
    {
        Instruction instruction = Assert.Single(InstructionDecoder.Decode(Convert.FromHexString(hex)).Instructions);
        Assert.Equal(text, Disassembler.Format(instruction));
        Assert.Equal(hex, Convert.ToHexStringLower(InstructionEncoder.Encode(Assembler.Parse(text))));
    }

    [Theory]
    [InlineData("w0 = *(u32 *)(r1 - 0x4)", "r0 = *(u32 *)(r1 -4)")]
    [InlineData("r2 = xchg_64(r1 + 0x0, r2)", "r2 = atomic64_xchg((u64 *)(r1 +0), r2)")]
    [InlineData("w0 = cmpxchg32_32(r1 + 8, w0, w2)", "r0 = atomic_cmpxchg((u32 *)(r1 +8), r0, r2)")]
    [InlineData("if r1 s> 5 goto +0x3", "if r1 s> 0x5 goto pc+3")]
    [InlineData("if r1 == 0xffffffff goto +1", "if r1 == 0xffffffff goto pc+1")]
    [InlineData("call 0x6", "call bpf_trace_printk#6")]
    [InlineData("call main", "call subprog[main]")]
    [InlineData("r0 = *(u16 *)skb[r3]", "r0 = *(u16 *)skb[r3 + 0]")]
    [InlineData("w1 = 0xffffffff // all ones", "w1 = -1")]
    [InlineData("  r1=0xffffffffffffffff ll; all ones", "r1 = 0xffffffffffffffff ll")]
    [InlineData("r1 = map[counts]", "r1 = map[counts]")]
    [InlineData("r1 = map[.bss][0]+8", "r1 = map[.bss][0]+8")]
    [InlineData("0: (b7) r0 = 0", "r0 = 0")]
    public void Other_spellings_are_taken(string text, string canonical) =>
        Assert.Equal(canonical, Disassembler.Format(Assert.Single(Assembler.Parse(text).Instructions)));

    [Theory]
    [InlineData("r11 = 5", "1:1: Error: expected an instruction, found 'r11'")]
    [InlineData("r1 += w2", "1:7: Error: expected a number or a register (r0 to r10), found 'w2'")]
    [InlineData("r1 = -r2", "1:7: Error: expected a number or 'r1', found 'r2'")]
    [InlineData("r1 += 0x100000000", "1:7: Error: expected a number from -2147483648 to 2147483647 or a register (r0 to r10), found '0x100000000'")]
    [InlineData("r1 = 0xffffffff", "1:16: Error: expected 'll', found the end of the line")]
    [InlineData("*(u32 *)(r1 +40000) = r2", "1:14: Error: expected a number from -32768 to 32767, found '40000'")]
    [InlineData("call bpf_map_lookup_elem#2", "1:26: Error: expected 1 (the number of bpf_map_lookup_elem), found '2'")]
    [InlineData("exit exit", "1:6: Error: expected the end of the line, found 'exit'")]
    [InlineData("exit\n  goto nowhere", "2:3: Error: there is no label 'nowhere'")]
    [InlineData("start:\ngoto strat\nexit", "2:1: Error: there is no label 'strat' (did you mean 'start'?)")]
    [InlineData("a: exit\na: exit", "2:1: Error: the label 'a' is there already")]
    [InlineData("goto end\nend:", "1:1: Error: the label 'end' stands behind the last instruction")]
    [InlineData("1: exit", "1:1: Error: this is slot 0")]
    [InlineData("(b7) exit", "1:2: Error: the opcode of this instruction is 95")]
    [InlineData("r1 = @", "1:6: Error: expected an instruction, found '@'")]
    public void An_error_names_line_and_column_and_what_was_expected(string text, string message)
    {
        Assert.False(Assembler.TryParse(new SourceText("a.s", text), out Code? code, out var diagnostics));
        Assert.Null(code);
        Assert.Equal("a.s:" + message, Assert.Single(diagnostics).ToString());
    }

    [Fact]
    public void All_errors_of_a_text_are_told_at_once()
    {
        Assert.False(Assembler.TryParse(new SourceText("a.s", "foo\nr0 = 0\nbar\ngoto baz"), out _, out var diagnostics));
        Assert.Equal([0, 2, 3], diagnostics.Select(d => d.Span.Position.Line));
    }

    [Fact]
    public void A_listing_with_labels_assembles_to_the_same_code()
    {
        const string Listing = """
                r1 = 0x1234567890 ll
            loop:
                if r1 == 0x0 goto L1
                r1 -= 1
                goto loop
            L1:
                r0 = 0
                exit

            """;
        Code code = Assembler.Parse(Listing);
        Assert.Equal(Listing, Disassembler.Format(code, DisassemblyOptions.Listing));
        Assert.Equal("r1 -= 1", code.SpanOf(2).Text);
        Assert.Equal(
            """
               0: (18) r1 = 0x1234567890 ll
               2: (15) if r1 == 0x0 goto pc+2
               3: (17) r1 -= 1
               4: (05) goto pc-3
               5: (b7) r0 = 0
               6: (95) exit

            """,
            Disassembler.Format(code));
    }

    [Fact]
    public void A_label_out_of_reach_of_its_jump_is_told()
    {
        string far = "goto far\n" + string.Concat(Enumerable.Repeat("r0 = 0\n", 32_768)) + "far: exit";
        Assert.False(Assembler.TryParse(new SourceText("a.s", far), out _, out var diagnostics));
        Assert.Contains("gotol", Assert.Single(Assert.Single(diagnostics).Hints));
        Assert.True(Assembler.TryParse(new SourceText("a.s", far.Replace("goto far", "gotol far")), out _, out _));
    }

    [Fact]
    public void What_has_no_form_is_written_as_bytes_and_not_read_again()
    {
        Instruction odd = Instruction.Raw(0x95, 1, 0, 0, 0);
        Assert.Equal("unknown 9501000000000000", Disassembler.Format(odd));
        Assert.False(Assembler.TryParse(new SourceText("a.s", Disassembler.Format(odd)), out _, out _));
    }

    [Fact]
    public void Every_form_of_every_conformance_group_survives_text_and_bytes()
    {
        foreach (InstructionForm form in InstructionForms.All)
        {
            if (InstructionGen.Numeric(form) is not { } instructions)
                continue;
            instructions.Sample(
                instruction =>
                {
                    Assert.True(InstructionForms.TryGet(instruction, out InstructionForm? found));
                    Assert.Equal(form.Opcode, found.Opcode);
                    Instruction parsed = Assert.Single(Assembler.Parse(Disassembler.Format(instruction)).Instructions);
                    Assert.Equal(instruction, parsed);
                    foreach (bool bigEndian in (bool[])[false, true])
                    {
                        byte[] bytes = InstructionEncoder.Encode(new Code([parsed]), bigEndian);
                        Assert.Equal(instruction, Assert.Single(InstructionDecoder.Decode(bytes, bigEndian).Instructions));
                    }
                },
                iter: 50, threads: 1);
        }
        Assert.Equal(Enum.GetValues<ConformanceGroup>(), InstructionForms.All.Select(form => form.Group).Distinct().Order());
    }

    [Fact]
    public void References_survive_the_text() =>
        InstructionGen.Symbolic.Sample(instruction =>
            Assert.Equal(instruction, Assert.Single(Assembler.Parse(Disassembler.Format(instruction)).Instructions)));

    [Fact]
    public void Whole_programs_survive_the_text_with_and_without_labels() =>
        InstructionGen.AnyNumeric.List[1, 40].Sample(instructions =>
        {
            var code = new Code([.. instructions]);
            Assert.Equal(code.Instructions, Assembler.Parse(Disassembler.Format(code)).Instructions);
            Assert.Equal(code.Instructions, Assembler.Parse(Disassembler.Format(code, DisassemblyOptions.Listing)).Instructions);
        });

    [Fact]
    public void Every_factory_makes_an_instruction_that_has_a_form()
    {
        Instruction[] made =
        [
            Instruction.AddressSpaceCast(Register.R1, Register.R2, 0, 1), Instruction.Neg32(Register.R1),
            Instruction.ToLittleEndian(Register.R1, 64), Instruction.ByteSwap(Register.R1, 16),
            Instruction.MovSigned(Register.R1, Register.R2, 32), Instruction.MovSigned32(Register.R1, Register.R2, 16),
            Instruction.Alu(AluOperation.SignedMod, Register.R1, 3), Instruction.Alu32(AluOperation.SignedDiv, Register.R1, Register.R2),
            Instruction.LoadSigned(MemorySize.Word, Register.R1, Register.R2, 4), Instruction.StoreRelease(MemorySize.Half, Register.R1, 2, Register.R2),
            Instruction.Atomic(AtomicOperation.FetchXor, MemorySize.Word, Register.R1, 0, Register.R2), Instruction.LoadAbsolute(MemorySize.Half, 12),
            Instruction.LoadIndirect(MemorySize.Byte, Register.R3, 1), Instruction.CallRegister(Register.R3), Instruction.CallKfunc(77, 3),
            Instruction.CallHelper(HelperId.Loop), Instruction.JumpLong(3), Instruction.MayGoto(3), Instruction.Exit,
        ];
        Assert.All(made, instruction => Assert.True(InstructionForms.TryGet(instruction, out _), Disassembler.Format(instruction)));
    }
}
