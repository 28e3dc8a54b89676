using System.Text;
using CsCheck;

namespace Imker.Symbols.Tests;

public class ProcessMappingTests
{
    private const string Maps = """
        55f683ebd000-55f683ec1000 r--p 00000000 08:01 1843399                    /usr/bin/ls
        55f683ec1000-55f683ed6000 r-xp 00004000 08:01 1843399                    /usr/bin/ls
        7f0000000000-7f0000001000 r-xp 00000000 fe:1a 77                         /tmp/a b\012c.so (deleted)
        7f1000000000-7f1000001000 rwxp 00000000 00:00 0
        7f2000000000-7f2000001000 r-xs 00002000 00:01 12                         /memfd:doublemapper (deleted)
        7ffd00000000-7ffd00002000 r-xp 00000000 00:00 0                          [vdso]
        ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]

        """;

    [Fact]
    public void The_executable_lines_are_read()
    {
        Assert.Equal(
            [
                new(0x55f683ec1000, 0x55f683ed6000, 0x4000, new(8, 1, 1843399), "/usr/bin/ls", false),
                new(0x7f0000000000, 0x7f0000001000, 0, new(0xfe, 0x1a, 77), "/tmp/a b\nc.so", true),
                new(0x7f1000000000, 0x7f1000001000, 0, default, "", false),
                new(0x7f2000000000, 0x7f2000001000, 0x2000, new(0, 1, 12), "/memfd:doublemapper", true),
                new(0x7ffd00000000, 0x7ffd00002000, 0, default, "[vdso]", false),
                new(0xffffffffff600000, 0xffffffffff601000, 0, default, "[vsyscall]", false),
            ],
            ProcessMapping.Parse(Encoding.UTF8.GetBytes(Maps)));
    }

    [Fact]
    public void Our_own_process_maps_its_executable()
    {
        var mappings = ProcessMapping.Parse(File.ReadAllBytes("/proc/self/maps"));
        Assert.Contains(mappings, mapping => mapping.HasFile && mapping.Path == Environment.ProcessPath);
        Assert.Contains(mappings, mapping => mapping.Path == "[vdso]" && !mapping.HasFile);
    }

    [Fact]
    public void No_text_breaks_it() =>
        Gen.OneOf(Gen.Byte.Array[0, 200], Mutated.Of(Encoding.UTF8.GetBytes(Maps))).Sample(bytes =>
            Assert.All(ProcessMapping.Parse(bytes), mapping => Assert.True(mapping.Start < mapping.End)));
}
