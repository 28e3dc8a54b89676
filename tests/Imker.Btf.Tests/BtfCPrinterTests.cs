using System.Diagnostics;
using System.Text;

namespace Imker.Btf.Tests;

public sealed class BtfCPrinterTests
{
    private static readonly BtfKind[] Tags = [BtfKind.Struct, BtfKind.Union, BtfKind.Enum, BtfKind.Enum64];
    private const string KernelPath = "/sys/kernel/btf/vmlinux";

    [Theory]
    [InlineData("links", "struct list links")]
    [InlineData("name", "volatile const char * restrict name")]
    [InlineData("table", "union number table[3][5]")]
    [InlineData("handler", "int (*handler)(struct packet *, const char *, ...)")]
    [InlineData("chooser", "int (* (*chooser)(int))(void)")]
    [InlineData("array_of_handlers", "int (*array_of_handlers[4])(struct packet *, enum color)")]
    [InlineData("pointer_to_array", "int (*pointer_to_array)[6]")]
    [InlineData("hidden_union", "union opaque_union *hidden_union")]
    [InlineData("trailing", "u64 trailing[0]")]
    public void A_declaration_reads_from_the_name_outwards(string member, string expected)
    {
        BtfField field = Fixtures.Types.FindField(Fixtures.Types.Find(BtfKind.Struct, "packet"), member);
        Assert.Equal(expected, BtfCPrinter.Declaration(field.Type, member));
    }

    [Fact]
    public void A_function_and_a_variable_are_declared_with_their_names()
    {
        Assert.Equal("int add(int left, struct packed *right)", BtfCPrinter.Definition(Fixtures.Types.Find(BtfKind.Function, "add")));
        Assert.Equal("const char release_name[4]", BtfCPrinter.Definition(Fixtures.Types.Find(BtfKind.Variable, "release_name")));
    }

    [Theory]
    [InlineData(BtfKind.Struct, "flags", "struct flags {\n\tu32 low: 3;\n\tchar: 2;\n\tint middle: 11;\n\tu64 high: 33;\n}")]
    [InlineData(BtfKind.Struct, "packed", "struct packed {\n\tchar first;\n\tu64 second;\n} __attribute__((packed))")]
    [InlineData(BtfKind.Struct, "empty", "struct empty {}")]
    [InlineData(BtfKind.Enum, "signed_color", "enum signed_color {\n\tINFRARED = -1,\n\tVIOLET = 3,\n}")]
    [InlineData(BtfKind.Enum64, "wide", "enum wide {\n\tNARROW = 1ULL,\n\tWIDE = 4294967296ULL,\n}")]
    [InlineData(BtfKind.Typedef, "u64", "typedef unsigned long long u64")]
    public void A_definition_says_what_the_type_holds(BtfKind kind, string name, string expected) =>
        Assert.Equal(expected, BtfCPrinter.Definition(Fixtures.Types.Find(kind, name)));

    [Fact]
    public void Qualifiers_and_tags_stand_where_they_belong()
    {
        var builder = new BtfBuilder();
        uint number = builder.AddInt("int", 4, BtfIntEncoding.Signed);
        uint tagged = builder.AddPointer(builder.AddTypeTag("user", number));
        uint constant = builder.AddConst(builder.AddPointer(builder.AddConst(builder.AddPointer(number))));
        BtfFile file = builder.Build("built");
        Assert.Equal("__attribute__((btf_type_tag(\"user\"))) int *p", BtfCPrinter.Declaration(file[tagged], "p"));
        Assert.Equal("int * const * const p", BtfCPrinter.Declaration(file[constant], "p"));
        Assert.Equal("int * const * const", BtfCPrinter.Declaration(file[constant], ""));
    }

    [Fact]
    public void The_header_of_the_fixture_is_as_it_was_reviewed() =>
        Assert.Equal(Fixtures.Text("types.h.expected"), HeaderOf(Fixtures.Types));

    [Fact]
    public void The_header_of_the_fixture_compiles_to_the_same_layout() => CompileAndCompare(Fixtures.Types);

    [Fact]
    public void The_header_of_the_running_kernel_compiles_to_the_same_layout()
    {
        Assert.SkipUnless(File.Exists(KernelPath), "this kernel has no BTF: CONFIG_DEBUG_INFO_BTF");
        CompileAndCompare(BtfFile.Read(KernelPath, File.ReadAllBytes(KernelPath)));
    }

    [Fact]
    public void A_second_type_of_a_name_gets_a_name_of_its_own()
    {
        var builder = new BtfBuilder();
        uint number = builder.AddInt("int", 4, BtfIntEncoding.Signed);
        builder.AddStruct("same", 4, new BtfMemberSpec("a", number, 0));
        builder.AddStruct("same", 4, new BtfMemberSpec("b", number, 0));
        string header = HeaderOf(builder.Build("built"));
        Assert.Contains("struct same {\n\tint a;\n};", header, StringComparison.Ordinal);
        Assert.Contains("struct same___2 {\n\tint b;\n};", header, StringComparison.Ordinal);
    }

    private static string HeaderOf(BtfFile file)
    {
        var text = new StringWriter();
        BtfCPrinter.WriteHeader(file, text);
        return text.ToString();
    }

    // A compiler is the judge: each size and each offset of a type whose name is its own is asserted in C.
    private static void CompileAndCompare(BtfFile file)
    {
        const string compiler = "/usr/bin/clang";
        Assert.SkipUnless(File.Exists(compiler), "clang is not installed: apt-get install clang");
        var source = new StringBuilder(HeaderOf(file));
        int asserted = 0;
        foreach (BtfType type in file.OwnTypes)
        {
            string keyword = type.Kind switch { BtfKind.Struct => "struct", BtfKind.Union => "union", _ => "" };
            if (keyword.Length == 0 || type.Name.Length == 0 || Tags.Sum(kind => file.FindAll(kind, type.Name).Count()) > 1)
                continue;
            asserted++;
            source.Append($"_Static_assert(sizeof({keyword} {type.Name}) == {type.Size}, \"size of {type.Name}\");\n");
            foreach (BtfMember member in type.Members.Where(m => m.Name.Length > 0 && m.BitfieldSize == 0))
                source.Append($"_Static_assert(__builtin_offsetof({keyword} {type.Name}, {member.Name}) == {member.BitOffset / 8}, \"{type.Name}.{member.Name}\");\n");
        }
        Assert.NotEqual(0, asserted);
        Assert.Equal("", Compile(compiler, source.ToString()));
    }

    private static string Compile(string compiler, string source)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("imker").FullName, "header.c");
        try
        {
            File.WriteAllText(path, source);
            string[] arguments = ["-m64", "-DBPF_NO_PRESERVE_ACCESS_INDEX", "-fsyntax-only", "-Wno-everything", "-ferror-limit=20", path];
            using Process process = Process.Start(new ProcessStartInfo(compiler, arguments) { RedirectStandardError = true })!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return errors;
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }
}
