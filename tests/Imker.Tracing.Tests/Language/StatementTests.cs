using Imker.TestKit;
namespace Imker.Tracing.Tests.Language;

/// <summary>Statements, maps, aggregates and functions, run in the kernel from BEGIN.</summary>
public sealed class StatementTests
{
    [Theory]
    [InlineData("if (1 > 2) { print(1); } else if (2 > 1) { print(2); } else { print(3); }", "2")]
    [InlineData("$i = 0; while ($i < 5) { $i++; if ($i == 2) { continue; } if ($i == 4) { break; } print($i); }", "1|3")]
    [InlineData("for ($i : 2..5) { print($i); }", "2|3|4")]
    [InlineData("for ($i : 0..3) { for ($j : 0..$i) { printf(\"%d%d\\n\", $i, $j); } }", "10|20|21")]
    [InlineData("unroll(3) { @n++; } print(@n); clear(@n);", "@n: 3")]
    [InlineData("$x = 5; $x += 3; $x -= 1; $x *= 6; $x /= 2; $x %= 8; $x <<= 2; $x >>= 1; $x |= 8; $x &= 12; $x ^= 1; print($x);", "9")]
    [InlineData("$x = 5; print($x++); print(++$x); print($x--); print(--$x);", "5|7|7|5")]
    [InlineData("print(1); return; print(2);", "1")]
    [InlineData("let $x; print($x); $x = 3; print($x);", "0|3")]
    [InlineData("$t = (1, \"ab\", (2, 3)); print($t.1); print($t.2.1); print($t);", "ab|3|(1, ab, (2, 3))")]
    [InlineData("$s = \"abc\"; if ($s == \"abc\") { print(1); } if ($s != \"abd\") { print(2); } if ($s == \"ab\") { print(3); }", "1|2")]
    [InlineData("$a = \"same\"; $b = \"same\"; $c = \"sama\"; print($a == $b); print($a == $c);", "true|false")]
    [InlineData("$a = (1, \"x\"); $b = (1, \"longer\"); print($a == $b); $b = (1, \"x\"); print($a == $b);", "false|true")]
    [InlineData("print(strncmp(\"abcd\", \"abxx\", 2)); print(strncmp(\"abcd\", \"abxx\", 3) != 0);", "0|true")]
    [InlineData("print(strlen(\"hello\"));", "5")]
    [InlineData("print(bswap((uint32)0x11223344) == 0x44332211);", "true")]
    [InlineData("printf(\"%s|%5d|%-5d|%05d|%x|%c\\n\", \"z\", 42, 42, 42, 255, 65);", "z|   42|42   |00042|ff|A")]
    [InlineData("print(1 ? \"yes\" : \"no\");", "yes")]
    [InlineData("print(sizeof(uint32)); print(5 > 3 && 2 > 1); print(5 < 3 || 0);", "4|true|false")]
    public void Statement_prints_what_it_says(string body, string expected) =>
        Assert.Equal(expected.Split('|'), SplitLines(body));

    [Theory]
    [InlineData("@x = 5; print(@x); clear(@x);", "@x: 5")]
    [InlineData("@x[\"k\", 1] = \"v\"; print(@x); clear(@x);", "@x[k, 1]: v")]
    [InlineData("@x[(1, 2)] = 3; if (@x[(1, 2)] == 3) { print(1); } clear(@x);", "1")]
    [InlineData("@s = sum(5); @s = sum(-7); print(@s); clear(@s);", "@s: -2")]
    [InlineData("@a = avg(4); @a = avg(8); print(@a); clear(@a);", "@a: 6")]
    [InlineData("@m = min(5); @m = min(-7); @m = min(9); print(@m); clear(@m);", "@m: -7")]
    [InlineData("@m = max(-5); @m = max(-7); print(@m); clear(@m);", "@m: -5")]
    [InlineData("@s = stats(4); @s = stats(8); print(@s); clear(@s);", "@s: { .count = 2, .average = 6, .total = 12 }")]
    [InlineData("@x[1] = count(); @x[2] = count(); @x[2] = count(); print(@x); clear(@x);", "@x[1]: 1|@x[2]: 2")]
    [InlineData("@x[1] = 10; @x[2] = 30; @x[3] = 20; print(@x, 2); clear(@x);", "@x[3]: 20|@x[2]: 30")]
    [InlineData("@x[1] = 1; zero(@x); print(@x); clear(@x);", "@x[1]: 0")]
    public void Map_keeps_what_is_put_in(string body, string expected) =>
        Assert.Equal(expected.Split('|').Order(), ScriptHarness.RunBody(body).Order());

    [Theory]
    [InlineData("for_each_map_elem", "@x[1] = 5; @x[1] += 2; @x[1]++; print(@x[1]); delete(@x, 1); print(len(@x)); print(has_key(@x, 1));", "8|0|false")]
    [InlineData("percpu_lookup", "@c = count(); @c = count(); print(@c); if (@c == 2) { print(2); } clear(@c);", "2|@c: 2")]
    [InlineData("for_each_map_elem", "@x[1] = 10; @x[2] = 20; $s = 0; for ($kv : @x) { $s += $kv.0 * $kv.1; } print($s); clear(@x);", "50")]
    public void Map_is_read_by_the_program_where_the_kernel_can(string feature, string body, string expected)
    {
        KernelGate.Require(feature);
        Map_keeps_what_is_put_in(body, expected);
    }

    [Fact]
    public void Histograms_count_each_value_in_its_bucket() =>
        Assert.Equal(
            [
                "@l:", "(..., 0)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |",
                "[0, 10)                2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|",
                "[10, 20)               0 |                                                    |",
                "[20, ...)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |",
            ],
            ScriptHarness.RunBody("@l = lhist(-1, 0, 20, 10); @l = lhist(3, 0, 20, 10); @l = lhist(9, 0, 20, 10); @l = lhist(20, 0, 20, 10); print(@l); clear(@l);"));

    private static string[] SplitLines(string body) => [.. ScriptHarness.RunBody(body).SelectMany(line => line.Split('|'))];
}
