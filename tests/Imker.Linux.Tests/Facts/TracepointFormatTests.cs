using CsCheck;
using Imker.Objects;

namespace Imker.Linux.Tests.Facts;

public sealed class TracepointFormatTests
{
    private const string Example = """
        name: example
        ID: 310
        format:
        	field:unsigned short common_type;	offset:0;	size:2;	signed:0;
        	field:int common_pid;	offset:4;	size:4;	signed:1;

        	field:char comm[16];	offset:8;	size:16;	signed:0;
        	field:char old[TASK_COMM_LEN];	offset:24;	size:16;	signed:0;
        	field:const char * filename;	offset:40;	size:8;	signed:0;
        	field:__data_loc char[] name;	offset:48;	size:4;	signed:0;
        	field:__rel_loc u64[] addresses;	offset:52;	size:4;	signed:0;
        	field:struct file *file;	offset:56;	size:8;	signed:0;

        print fmt: "field:none %s; offset:99;", REC->comm

        """;

    [Fact]
    public void Every_field_has_its_type_place_and_size()
    {
        Assert.True(TracepointFormatParser.TryParse("test", "example", Example, out TracepointFormat? format));
        Assert.Equal(310, format.Id);
        Assert.Equal(
            [
                new TracepointField("common_type", "unsigned short", 0, 2, false, 0, DataLocation.Inline),
                new TracepointField("common_pid", "int", 4, 4, true, 0, DataLocation.Inline),
                new TracepointField("comm", "char", 8, 16, false, 16, DataLocation.Inline),
                new TracepointField("old", "char", 24, 16, false, 16, DataLocation.Inline),
                new TracepointField("filename", "const char *", 40, 8, false, 0, DataLocation.Inline),
                new TracepointField("name", "char", 48, 4, false, 0, DataLocation.FromContext),
                new TracepointField("addresses", "u64", 52, 4, false, 0, DataLocation.FromField),
                new TracepointField("file", "struct file *", 56, 8, false, 0, DataLocation.Inline),
            ],
            format.Fields);
    }

    [Fact]
    public void Every_format_of_this_kernel_is_read_whole()
    {
        TraceFileSystem files = TraceFileSystem.Find(out string? problem) ?? throw new InvalidOperationException(problem);
        int count = 0;
        foreach (string category in files.ReadCategories())
        {
            foreach (string name in files.ReadEvents(category))
            {
                string path = $"/sys/kernel/tracing/events/{category}/{name}/format";
                // Categories of ftrace itself hold an event or two that has no format.
                if (!File.Exists(path))
                    continue;
                TracepointFormat? format = files.ReadFormat(category, name);
                Assert.True(format is not null, path);
                Assert.Equal(File.ReadAllText(path).Split("field:").Length - 1, format.Fields.Length);
                Assert.All(format.Fields, f => Assert.Matches("^[A-Za-z_][A-Za-z0-9_]*$", f.Name));
                count++;
            }
        }
        Assert.True(count > 500, $"only {count} tracepoints");
    }

    [Theory]
    [InlineData("")]
    [InlineData("ID: x\n")]
    [InlineData("ID: 1\n\tfield:int;\toffset:0;\tsize:4;\tsigned:1;\n")]
    [InlineData("ID: 1\n\tfield:int x;\toffset:-1;\tsize:4;\tsigned:1;\n")]
    [InlineData("ID: 1\n\tfield:int x;\tsize:4;\tsigned:1;\n")]
    [InlineData("ID: 1\n\tfield:int x];\toffset:0;\tsize:4;\tsigned:1;\n")]
    public void What_makes_no_sense_is_no_format(string text) =>
        Assert.False(TracepointFormatParser.TryParse("c", "e", text, out _));

    [Fact]
    public void Mutated_formats_neither_throw_nor_hang() =>
        Gen.Select(Gen.Int[0, Example.Length - 1], Gen.Char[" ;:[]*\n0aZ"]).Array[1, 20].Sample(changes =>
        {
            char[] text = Example.ToCharArray();
            foreach ((int at, char c) in changes)
                text[at] = c;
            TracepointFormatParser.TryParse("c", "e", new string(text), out _);
        });
}
