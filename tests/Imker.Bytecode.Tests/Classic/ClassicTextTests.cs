using System.Diagnostics;
using CsCheck;
using Imker.Bytecode.Classic;
using Imker.Bytecode.Classic.Text;
using Imker.Diagnostics;
using Imker.TestKit;

namespace Imker.Bytecode.Tests.Classic;

public sealed class ClassicTextTests
{
    /// <summary>Filters whose programs hold, together, nearly every instruction and name that tcpdump writes.</summary>
    public static TheoryData<string, string> Filters => new()
    {
        { "EN10MB", "tcp port 443 and host 10.0.0.1" },
        { "EN10MB", "ip[0:4] + 5 = 7 and tcp[tcp[12]] & 0xff = 3 or len > 90" },
        { "EN10MB", "ip[2:2] - ip[4] * ip[5] / ip[6] % ip[7] ^ ip[8] > -ip[9] and (ip[3] << ip[4] | ip[5] >> ip[6]) & ip[1] >= ip[2]" },
        { "EN10MB", "ip[2] * 3 / 5 % 7 ^ 9 | 4 = 1 and ip[3] << 3 >> 2 != 4" },
        { "EN10MB", "inbound or ifindex 3" },
        { "EN10MB", "ip6 protochain 6" },
        { "IEEE802_11_RADIO", "type mgt subtype beacon and wlan addr1 00:11:22:33:44:55" },
        { "ENC", "host 10.27.0.1" },
        { "EN10MB", "" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void The_listing_of_a_program_is_tcpdump_s(string linkType, string filter)
    {
        ClassicProgram program = ReadDecimal(Tcpdump(linkType, "-ddd", filter));
        Assert.Equal(Tcpdump(linkType, "-d", filter), ClassicListing.Format(program));
        Assert.Equal(Tcpdump(linkType, "-dd", filter), ClassicListing.FormatInitializers(program));
        Assert.Equal(Tcpdump(linkType, "-ddd", filter), ClassicListing.FormatDecimal(program));
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void A_listing_of_tcpdump_is_read_as_its_numbers_are(string linkType, string filter)
    {
        string listing = Tcpdump(linkType, "-d", filter);
        ClassicProgram numbers = ReadDecimal(Tcpdump(linkType, "-ddd", filter));
        if (numbers.Instructions.Any(i => i.Code == ClassicOpcode.Jump && (int)i.K < 0))
            return;
        Assert.True(ClassicListingReader.TryParse(new SourceText("listing", listing), out ClassicProgram? program, out var diagnostics),
            string.Join("\n", diagnostics));
        // The K of an instruction that has none is in the numbers only.
        Assert.Equal(numbers.Instructions.Select(i => HasConstant(i) ? i : i with { K = 0 }), program.Instructions);
    }

    [Fact]
    public void Every_program_survives_each_of_its_texts_and_its_bytes() => Gen.Int.Sample(seed =>
    {
        ClassicProgram program = new RandomClassicProgram(new Random(seed), [.. Enum.GetValues<AncillaryField>()]).Next();
        Assert.True(ClassicValidator.IsValid(program), string.Join("\n", ClassicValidator.Validate(program)));
        Assert.Equal(program.Instructions, ReadDecimal(ClassicListing.FormatDecimal(program)).Instructions);
        Assert.Equal(program.Instructions, ClassicAssembler.Parse(ClassicAssemblyWriter.Format(program)).Instructions);
        if (program.Instructions.All(i => i.Code != ClassicOpcode.LoadIndexLength))
        {
            Assert.True(ClassicListingReader.TryParse(new SourceText("l", ClassicListing.Format(program)), out ClassicProgram? read, out _));
            Assert.Equal(program.Instructions, read.Instructions);
        }
        foreach (bool bigEndian in (bool[])[false, true])
        {
            Assert.True(ClassicProgram.TryDecode(program.Encode(bigEndian), out ClassicProgram? decoded, out _, bigEndian));
            Assert.Equal(program.Instructions, decoded.Instructions);
        }
    }, iter: 2_000);

    [Fact]
    public void The_kernel_s_examples_are_assembled()
    {
        ClassicProgram program = ClassicAssembler.Parse("""
            /* ARP packets,
               no others */
            ldh [12]
            jne #0x806, drop   ; not ARP
            ret #-1
            drop: ret #0
            """);
        Assert.Equal("4\n40 0 0 12\n21 0 1 2054\n6 0 0 4294967295\n6 0 0 0\n", ClassicListing.FormatDecimal(program));
    }

    [Theory]
    [InlineData("ld #rand\nld vlan_tci\nret a", "2:4")]
    [InlineData("ld [x + 3\nret a", "1:10")]
    [InlineData("jeq #3, nowhere\nret #0", "1:9")]
    [InlineData("start: ld #1\njmp start\nret #0", "2:5")]
    [InlineData("ldq [3]\nret #0", "1:1")]
    [InlineData("jeq #3, end\nret #0\nend:", "1:9")]
    [InlineData("tax x\nret #0", "1:5")]
    [InlineData("ld #0x100000000\nret #0", "1:5")]
    public void What_is_wrong_in_a_text_is_told_with_its_place(string text, string place)
    {
        Assert.False(ClassicAssembler.TryParse(new SourceText("f", text), out _, out var diagnostics));
        Assert.Equal($"f:{place}", diagnostics[0].Span.ToString());
    }

    [Fact]
    public void A_conditional_jump_that_is_too_far_says_so()
    {
        string text = "jeq #1, end\n" + string.Concat(Enumerable.Repeat("txa\n", 256)) + "end: ret #0";
        Assert.False(ClassicAssembler.TryParse(new SourceText("f", text), out _, out var diagnostics));
        Assert.Equal(ClassicDiagnosticId.OutOfReach, Assert.Single(diagnostics).Id);
    }

    [Fact]
    public void Texts_of_random_pieces_are_read_or_refused() => Gen.OneOf(
        "ld", "ldh", "ldxb", "jeq", "jne", "ja", "jt", "jf", "ret", "M", "[", "]", "x", "%", "a", "#", "12", "-1", "0x", "4*([", "&0xf)", "+", ",",
        "(000)", "(1)", "l:", "l", "type", "\n", "/*", "*/", ";", "pktlen", "99999999999").Array[0, 40].Sample(pieces =>
    {
        var source = new SourceText("f", string.Join(' ', pieces));
        Assert.Equal(ClassicAssembler.TryParse(source, out _, out var inAssembly), inAssembly.IsEmpty);
        Assert.Equal(ClassicListingReader.TryParse(source, out _, out var inListing), inListing.IsEmpty);
        Assert.Equal(ClassicDecimalReader.TryParse(source, out _, out var inNumbers), inNumbers.IsEmpty);
    }, iter: 20_000);

    [Fact]
    public void A_text_cut_anywhere_is_read_or_refused()
    {
        ClassicProgram program = new RandomClassicProgram(new Random(1), [.. Enum.GetValues<AncillaryField>()]).Next();
        foreach (string text in (string[])[ClassicAssemblyWriter.Format(program), ClassicListing.Format(program), ClassicListing.FormatDecimal(program)])
        {
            for (int length = 0; length < text.Length; length++)
            {
                var source = new SourceText("f", text[..length]);
                ClassicAssembler.TryParse(source, out _, out _);
                ClassicListingReader.TryParse(source, out _, out _);
                ClassicDecimalReader.TryParse(source, out _, out _);
            }
        }
    }

    private static bool HasConstant(ClassicInstruction instruction) =>
        ClassicForm.TryGet(instruction.Code, out ClassicForm? form)
        && form.Operand is not (ClassicOperand.None or ClassicOperand.Index or ClassicOperand.PacketLength or ClassicOperand.Accumulator);

    private static ClassicProgram ReadDecimal(string text)
    {
        Assert.True(ClassicDecimalReader.TryParse(new SourceText("numbers", text), out ClassicProgram? program, out var diagnostics),
            string.Join("\n", diagnostics));
        return program;
    }

    private static string Tcpdump(string linkType, string format, string filter)
    {
        var start = new ProcessStartInfo(Machine.RequireTool("tcpdump"), ["-y", linkType, format, filter])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
