using CsCheck;
using Imker.Btf;
using Imker.Bytecode;
using Imker.Diagnostics;
using Imker.TestKit;

namespace Imker.Objects.Tests.Linking;

public sealed class ObjectLinkerTests
{
    [Fact]
    public void What_one_object_declares_another_one_defines()
    {
        BpfObject linked = Link("link-a", "link-b");
        Assert.Equal(["enter_a", "enter_b"], linked.Programs.Select(program => program.Name));
        Assert.Equal(["chosen", "from_b", "local", "local_2"], linked.Functions.Select(function => function.Name).Order());
        Assert.False(linked.FindFunction("chosen")!.IsWeak);
        Assert.Equal(
            [new FunctionReference("local"), new FunctionReference("from_b"), new FunctionReference("chosen")],
            linked.FindProgram("enter_a")!.Entry.Instructions.Where(instruction => instruction.IsCall).Select(instruction => instruction.Reference).Take(3));
        Assert.Equal(new FunctionReference("local_2"), linked.FindProgram("enter_b")!.Entry.Instructions.Single(instruction => instruction.IsCall).Reference);
        Assert.Contains(new MapReference("counts"), linked.FindFunction("from_b")!.Instructions.Select(instruction => instruction.Reference));
    }

    [Fact]
    public void Sections_of_data_follow_each_other_in_their_alignment()
    {
        BpfObject linked = Link("link-a", "link-b");
        Assert.Equal(
            [("aligned", 8, false), ("mine", 4, true), ("mine_2", 20, true), ("other_count", 16, false), ("shared_count", 0, false)],
            linked.Variables.Where(variable => variable.Map == ".data").Select(variable => (variable.Name, variable.Offset, variable.IsStatic)).Order());
        Assert.Equal([5, 1, 3, 0, 100, 1000], Enumerable.Range(0, 6).Select(i => BitConverter.ToInt32(linked.FindMap(".data")!.Contents.Span[(4 * i)..])));
        BtfFile types = BtfFile.Read("linked", linked.Btf);
        Assert.Equal([("shared_count", 0u), ("mine", 4u), ("aligned", 8u), ("other_count", 16u), ("mine", 20u)],
            types[linked.FindMap(".data")!.BtfValueTypeId].SectionEntries.Select(entry => (entry.Variable.Name, entry.Offset)));
    }

    [Fact]
    public void The_configurations_variables_are_there_once()
    {
        BpfObject linked = Link("link-a", "link-b");
        Assert.Equal([("CONFIG_HZ", 0, true), ("LINUX_KERNEL_VERSION", 4, false)], linked.KernelVariables.Select(variable => (variable.Name, variable.Offset, variable.IsWeak)));
    }

    [Fact]
    public void Types_are_there_once_those_in_circles_too()
    {
        BtfFile types = BtfFile.Read("linked", Link("link-a", "link-b").Btf);
        BtfType shared = Assert.Single(types.FindAll(BtfKind.Struct, "shared"));
        Assert.Equal(shared, shared.Members[0].Type.Target);
        Assert.Single(types.FindAll(BtfKind.Int, "int"));
        Assert.DoesNotContain(types.OwnTypes, type => type.Kind == BtfKind.Function && type.Linkage == BtfLinkage.Extern);
    }

    [Fact]
    public void What_is_linked_is_written_and_read_again()
    {
        BpfObject linked = Link("link-a", "link-b");
        Assert.Equal(ObjectText.Of(linked), ObjectText.Of(BpfObjectReader.Read(BpfObjectWriter.Write(linked), "linked")));
    }

    [Fact]
    public void One_object_stays_what_it_is()
    {
        foreach (string name in (ReadOnlySpan<string>)["subprograms", "core-fields", "map-in-map", "tail-calls", "struct-ops", "kfuncs", "rings", "locks"])
        {
            BpfObject alone = BpfObjectReader.Read(Corpus.ReadObject(name), name), linked = Link(name);
            Assert.Equal(
                alone.Programs.SelectMany(program => program.Entry.Instructions).Select(instruction => instruction.ToString()),
                linked.Programs.SelectMany(program => program.Entry.Instructions).Select(instruction => instruction.ToString()));
            Assert.Equal(alone.Maps.Select(map => (map.Name, map.Type, map.ValueSize)).Order(), linked.Maps.Select(map => (map.Name, map.Type, map.ValueSize)).Order());
        }
    }

    [Fact]
    public void Code_is_adapted_after_linking_as_before()
    {
        BpfObject linked = Link("core-fields", "core-flavours");
        AdaptedObject adapted = CoreRelocator.Adapt(linked, Core.CoreTypesFile.Read("target-a"));
        foreach (string name in (ReadOnlySpan<string>)["core-fields", "core-flavours"])
        {
            BpfObject alone = BpfObjectReader.Read(Corpus.ReadObject(name), name);
            BpfObject expected = CoreRelocator.Adapt(alone, Core.CoreTypesFile.Read("target-a")).Object;
            foreach (ProgramSpec program in expected.Programs)
                Assert.Equal(program.Entry.Instructions.Select(Numbers), adapted.Object.FindProgram(program.Name)!.Entry.Instructions.Select(Numbers));
        }
    }

    [Fact]
    public void What_does_not_fit_together_is_named()
    {
        Assert.Equal(
            [
                "cannot link joined: 'from_b' is defined in link-b and in link-conflict",
                "cannot link joined: 'shared_count' is defined in link-a and in link-conflict",
            ],
            Findings("link-a", "link-b", "link-conflict").Order());
        Assert.Equal(
            ["cannot link joined: 'from_b', which link-a declares, is defined nowhere", "cannot link joined: 'other_count', which link-a declares, is defined nowhere"],
            Findings("link-a").Order());
        Assert.Contains("cannot link joined: 'shared_count' has 4 bytes in link-b, which declares it, and 8 in link-conflict, which defines it", Findings("link-b", "link-conflict"));
    }

    [Fact]
    public void Mutated_objects_are_linked_or_refused()
    {
        byte[] a = Corpus.ReadObject("link-a"), b = Corpus.ReadObject("link-b");
        Gen.Select(Gen.Int[0, a.Length + b.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            byte[] first = [.. a], second = [.. b];
            foreach ((int at, byte value) in changes)
                (at < first.Length ? first : second)[at < first.Length ? at : at - first.Length] = value;
            var diagnostics = new DiagnosticBag();
            Assert.NotEqual(ObjectLinker.TryLink("joined", [("a", first), ("b", second)], out BpfObject? linked, diagnostics), diagnostics.HasErrors);
            if (linked is not null)
                BpfObjectWriter.Write(linked);
        }, iter: 4_000);
    }

    private static string Numbers(Instruction instruction) =>
        $"{instruction.Opcode:x2} {instruction.Dst} {instruction.Src} {instruction.Offset} {(instruction.Reference is null ? instruction.Constant : 0)}";

    private static IEnumerable<string> Findings(params string[] names) =>
        Assert.Throws<DiagnosticException>(() => Link(names)).Diagnostics.Select(finding => finding.Message);

    private static BpfObject Link(params string[] names) =>
        ObjectLinker.Link("joined", [.. names.Select(name => (name, (ReadOnlyMemory<byte>)Corpus.ReadObject(name)))]);
}
