using Imker.EndToEnd.Tests.Blocks;

namespace Imker.EndToEnd.Tests;

public sealed class BlockReaderTests
{
    [Fact]
    public void A_block_holds_what_its_keys_say()
    {
        const string text = """
            # About greetings.
            NAME greets twice
            PROG
              BEGIN {

                exit();
              }
            ARGS -q
            EXPECT one
              two
            EXIT 3
            NEEDS uprobe_multi tool:bpftool
            TIMEOUT 5

            NAME refuses
            ARGS trace --nonsense
            EXPECT_ERR nonsense
            """;

        IReadOnlyList<Block> blocks = BlockReader.Read("a.e2e", text);

        Assert.Equal(["greets twice", "refuses"], blocks.Select(b => b.Name));
        Assert.Equal("BEGIN {\n\n  exit();\n}", blocks[0].Program);
        Assert.Equal("-q", blocks[0].Arguments);
        Assert.Equal("one\ntwo", blocks[0].Output);
        Assert.Equal(3, blocks[0].ExitCode);
        Assert.Equal(["uprobe_multi", "tool:bpftool"], blocks[0].Needs);
        Assert.Equal(TimeSpan.FromSeconds(5), blocks[0].Limit);
        Assert.Equal(["nonsense"], blocks[1].ErrorTexts);
    }

    [Theory]
    [InlineData("PROG x", "a.e2e:1: a block starts with NAME")]
    [InlineData("NAME x\nPROGRAM y\nEXPECT z", "a.e2e:2: unknown key 'PROGRAM'")]
    [InlineData("NAME x\nPROG y", "a.e2e:1: nothing is expected")]
    [InlineData("NAME x\nEXPECT y", "a.e2e:1: neither PROG nor ARGS")]
    [InlineData("NAME x\n\nlost line", "a.e2e:3: neither a key nor, indented by two blanks, a line of the one before")]
    [InlineData("NAME x\nPROG y\nEXPECT z\nEXIT soon", "a.e2e:4: EXIT takes a number")]
    [InlineData("NAME x\nPROG y\nEXPECT z\nNAME x", "a.e2e:4: there is another block with this name")]
    public void What_is_not_understood_is_an_error_with_its_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => BlockReader.Read("a.e2e", text)).Message);
}
