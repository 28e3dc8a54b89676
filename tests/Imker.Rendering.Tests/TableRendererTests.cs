using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Imker.Rendering.Tests;

public class TableRendererTests
{
    private static readonly ImmutableArray<Column> Columns =
        [new("PID", "pid", 7, IsRight: true), new("COMM", "comm", 8), new("PATH", "path")];

    private static readonly ImmutableArray<OutputValue>[] Rows =
    [
        [OutputValue.Unsigned(1), OutputValue.Text("init"), OutputValue.Text("/etc/a,b")],
        [OutputValue.Signed(-12), OutputValue.Text("größe"), OutputValue.Text("=\"\e\"\n")],
        [OutputValue.Unsigned(123456789), OutputValue.Text("toolongname"), OutputValue.Text("")],
    ];

    [Fact]
    public void Text_is_aligned_and_a_value_that_is_too_wide_moves_its_line() =>
        Assert.Equal(
            """
                PID COMM     PATH
                  1 init     /etc/a,b
                -12 größe    ="\x1b"\x0a
            123456789 toolongname{0}

            """.Replace("{0}", " "),
            Write(Columns, TableFormat.Text));

    [Fact]
    public void A_whole_table_is_as_wide_as_its_values() =>
        Assert.Equal(
            """
                  PID COMM        PATH
                    1 init        /etc/a,b
                  -12 größe       ="\x1b"\x0a
            123456789 toolongname{0}

            """.Replace("{0}", " "),
            Write(TableRenderer.Fit(Columns, Rows), TableFormat.Text));

    [Fact]
    public void JSON_has_an_object_for_each_row()
    {
        string[] lines = Write(Columns, TableFormat.Json).TrimEnd().Split('\n');
        Assert.Equal("""{"pid": 1, "comm": "init", "path": "/etc/a,b"}""", lines[0]);
        Assert.Equal("=\"\e\"\n", JsonDocument.Parse(lines[1]).RootElement.GetProperty("path").GetString());
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public void CSV_quotes_what_must_be_quoted() =>
        Assert.Equal(
            """
            pid,comm,path
            1,init,"/etc/a,b"
            -12,größe,"'=""\x1b""
            "
            123456789,toolongname,

            """,
            Write(Columns, TableFormat.Csv));

    [Fact]
    public void A_row_has_a_value_for_each_column()
    {
        using var output = new BatchedOutput(Stream.Null);
        var table = new TableRenderer(output, Columns, TableFormat.Text);
        Assert.Throws<ArgumentException>(() => table.WriteRow(OutputValue.None));
    }

    private static string Write(ImmutableArray<Column> columns, TableFormat format)
    {
        using var stream = new MemoryStream();
        using var output = new BatchedOutput(stream);
        var table = new TableRenderer(output, columns, format);
        table.WriteHeader();
        foreach (ImmutableArray<OutputValue> row in Rows)
            table.WriteRow(row.AsSpan());
        output.Flush();
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
