using System.Text.Json.Nodes;
using Imker.Btf;
using Imker.Linux;
using Imker.TestKit;

namespace Imker.Inspect.Tests.Dumps;

public sealed class TypesDumpTests
{
    private const string Kernel = "/sys/kernel/btf/vmlinux";

    /// <summary>A header that a compiler takes, with a struct of the size that the kernel has.</summary>
    [Fact]
    public void The_kernels_types_are_a_header_that_clang_compiles()
    {
        string clang = Machine.RequireTool("clang");
        BtfFile types = TypesDump.OfFile(Kernel, File.ReadAllBytes);
        DirectoryInfo directory = Directory.CreateTempSubdirectory("imker-vmlinux-");
        using (StreamWriter header = File.CreateText(Path.Combine(directory.FullName, "vmlinux.h")))
            TypesDump.WriteC(header, types);
        Assert.True(types.TryFind(BtfKind.Struct, "task_struct", out BtfType task));
        File.WriteAllText(Path.Combine(directory.FullName, "use.c"), $$"""
            #include "vmlinux.h"
            _Static_assert(sizeof(struct task_struct) == {{task.Size}}, "size");
            _Static_assert(__builtin_offsetof(struct task_struct, comm) > 0, "comm");
            struct task_struct *task;
            """);
        ProgramResult result = RunningProgram.RunShell($"cd {directory.FullName} && {clang} -target bpf -Wall -Werror -g -O2 -c use.c -o use.o", TimeSpan.FromSeconds(60));
        directory.Delete(recursive: true);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    [Theory]
    [InlineData("hash")]
    [InlineData("globals")]
    [InlineData("newer-types")]
    public void Types_of_an_object_are_what_bpftool_lists(string name)
    {
        string path = Path.Combine(Machine.RepositoryRoot, "tests/corpus/objects", name + ".bpf.o");
        JsonNode ours = Shown.Json((output, _) => TypesDump.WriteRaw(output, TypesDump.OfFile(path, File.ReadAllBytes)));
        Assert.Equal(Bpftool.Comparable(Bpftool.Json("btf", "dump", "file", path)), Bpftool.Comparable(ours));
        string text = Shown.Text((output, _) => TypesDump.WriteRaw(output, TypesDump.OfFile(path, File.ReadAllBytes)));
        Assert.Equal(Bpftool.Run("btf", "dump", "file", path).Output, text);
    }

    [Fact]
    public void Types_of_a_loaded_program_are_found()
    {
        using LoadedObject loaded = LoadedObjects.Load("hash");
        KernelProgram program = loaded.Programs["count"];
        var inventory = new KernelInventory(showsPins: false);
        BtfFile types = TypesDump.OfProgram(inventory, LoadedObjects.ById(program));
        Assert.True(types.TryFind(BtfKind.Struct, "key", out _));
        Assert.Same(types, TypesDump.OfMap(inventory, LoadedObjects.ById(loaded.Maps["counts"])));
        Assert.Throws<InspectException>(() => TypesDump.OfId(inventory, uint.MaxValue));
    }

    [Fact]
    public void An_executable_without_types_is_refused_in_a_sentence()
    {
        InspectException error = Assert.Throws<InspectException>(() => TypesDump.OfFile("/bin/sh", File.ReadAllBytes));
        Assert.Equal("/bin/sh has no section '.BTF': it was compiled without -g, or stripped", error.Message);
    }
}
