using CsCheck;

namespace Imker.Btf.Tests;

/// <summary>CO-RE where no compiler makes the case: modules, disagreement, malformed records, types nested without end.</summary>
public sealed class CoreResolverTests
{
    [Fact]
    public void A_type_that_the_kernel_lacks_is_looked_for_in_modules()
    {
        BtfFile kernel = Struct("other", "a", 0).Build("vmlinux");
        BtfFile module = Split(kernel, "thing", 64);
        int asked = 0;
        var target = new CoreTarget(kernel, () =>
        {
            asked++;
            return [module];
        });
        BtfFile local = Struct("thing", "b", 0).Build("local");
        Assert.Equal(8u, Answer(local, target, CoreRelocationKind.FieldByteOffset, "thing", "0:0").TargetValue);
        Assert.Equal(module[kernel.Count].Id, (uint)Answer(local, target, CoreRelocationKind.TypeIdTarget, "thing", "0").TargetValue);
        Assert.Equal(1, asked);
        Assert.False(Answer(Struct("other", "a", 0).Build("local"), new CoreTarget(kernel, () => throw new InvalidOperationException()),
            CoreRelocationKind.FieldByteOffset, "other", "0:0").IsMissing);
    }

    [Fact]
    public void Types_of_one_name_have_to_agree()
    {
        BtfFile local = Struct("thing", "b", 0).Build("local");
        BtfBuilder two = Struct("thing", "b", 32);
        two.AddStruct("thing", 8, new BtfMemberSpec("b", two.AddInt("int", 4), 0));
        CoreProblem problem = Problem(local, two, CoreRelocationKind.FieldByteOffset, "0:0");
        Assert.True(problem.IsAmbiguous);
        Assert.StartsWith("the target has several types of this name, which disagree: type 2 says 4 (bit 32), type 3 0 (bit 0)", problem.Text, StringComparison.Ordinal);
        // One that has no such field is not meant.
        two = Struct("thing", "b", 32);
        two.AddStruct("thing", 8, new BtfMemberSpec("c", two.AddInt("int", 4), 0));
        Assert.Equal(4u, Answer(local, new CoreTarget(two.Build("target")), CoreRelocationKind.FieldByteOffset, "thing", "0:0").TargetValue);
    }

    [Theory]
    [InlineData(CoreRelocationKind.FieldByteOffset, "0:9", "its access string '0:9' is malformed: 'thing' has 1 members")]
    [InlineData(CoreRelocationKind.FieldByteOffset, "0:x", "its access string '0:x' is malformed: it is no list of up to 64 numbers with colons between them")]
    [InlineData(CoreRelocationKind.FieldByteOffset, "0:0:1", "its access string '0:0:1' is malformed: number 2 stands for a part of a type of kind Int, which has none")]
    [InlineData(CoreRelocationKind.TypeSize, "1", "its access string '1' is malformed: of a whole type it is 0")]
    [InlineData(CoreRelocationKind.EnumeratorValue, "0", "its access string '0' is malformed: its type is no enum")]
    [InlineData((CoreRelocationKind)77, "0", "this reader does not know it")]
    public void A_malformed_relocation_is_described(CoreRelocationKind kind, string access, string problem) =>
        Assert.Equal(problem, Problem(Struct("thing", "b", 0).Build("local"), Struct("thing", "b", 0), kind, access).Text);

    [Fact]
    public void Types_without_names_cannot_be_found()
    {
        var local = new BtfBuilder();
        uint id = local.AddStruct("", 4, new BtfMemberSpec("b", local.AddInt("int", 4), 0));
        Assert.False(new CoreResolver(local.Build("local"), null).TryResolve(CoreRelocationKind.FieldByteOffset, id, "0:0", out _, out CoreProblem? problem));
        Assert.Equal("its type has no name to be found by", problem.Text);
    }

    [Fact]
    public void Without_a_target_only_the_program_itself_answers()
    {
        BtfFile local = Struct("thing", "b", 0).Build("local");
        uint id = local.TryFind(BtfKind.Struct, "thing", out BtfType type) ? type.Id : 0;
        Assert.Equal(id, Answer(local, null, CoreRelocationKind.TypeIdLocal, "thing", "0").TargetValue);
        Assert.Equal((0u, false), Answer(local, null, CoreRelocationKind.TypeExists, "thing", "0") is var exists ? (exists.TargetValue, exists.IsMissing) : default);
        Assert.True(Answer(local, null, CoreRelocationKind.FieldByteOffset, "thing", "0:0").IsMissing);
    }

    [Fact]
    public void A_flavour_on_either_side_is_no_part_of_the_name()
    {
        BtfFile local = Struct("thing___old", "b", 0).Build("local");
        var target = new CoreTarget(Struct("thing___vmlinux", "b", 32).Build("target"));
        Assert.Equal(4u, Answer(local, target, CoreRelocationKind.FieldByteOffset, "thing___old", "0:0").TargetValue);
        Assert.True(Answer(Struct("thin", "b", 0).Build("local"), target, CoreRelocationKind.FieldByteOffset, "thin", "0:0").IsMissing);
        // Four underscores are no separator.
        Assert.True(Answer(Struct("thing____old", "b", 0).Build("local"), target, CoreRelocationKind.FieldByteOffset, "thing____old", "0:0").IsMissing);
    }

    [Fact]
    public void Types_that_are_nested_without_number_of_paths_are_given_up_soon()
    {
        BtfFile nested = Nested(), local = Struct("s59", "wanted", 0).Build("local");
        Assert.True(Answer(local, new CoreTarget(nested), CoreRelocationKind.FieldByteOffset, "s59", "0:0").IsMissing);
        nested.TryFind(BtfKind.Struct, "s59", out BtfType type);
        Assert.True(new CoreResolver(nested, new CoreTarget(Nested())).TryResolve(CoreRelocationKind.TypeMatches, type.Id, "0", out _, out _));
    }

    [Fact]
    public void Whatever_types_come_there_is_an_answer_or_a_problem()
    {
        byte[] local = Rich().ToArray(), target = Rich().ToArray();
        Gen.Select(Gen.Int[24, local.Length - 1], Gen.Byte).Array[0, 4].Select(Gen.UInt, Gen.Enum<CoreRelocationKind>(), Gen.Int[0, 6].Array[1, 4]).Sample((changes, id, kind, access) =>
        {
            byte[] changed = [.. target];
            foreach ((int at, byte value) in changes)
                changed[at] = value;
            if (!BtfFile.TryRead("a", changed, null, out BtfFile? a, out _) || a.OwnCount == 0)
                return;
            BtfFile b = BtfFile.Read("b", local);
            string path = string.Join(':', access);
            foreach (CoreResolver resolver in (CoreResolver[])[new(a, new CoreTarget(b)), new(b, new CoreTarget(a))])
            {
                bool isAnswered = resolver.TryResolve(kind, id % b.Count % a.Count, path, out _, out CoreProblem? problem);
                Assert.Equal(isAnswered, problem is null);
                Assert.NotEqual("", resolver.Describe(kind, id % b.Count % a.Count, path));
            }
        }, iter: 20_000);
    }

    private static BtfBuilder Rich()
    {
        var types = new BtfBuilder();
        uint integer = types.AddInt("int", 4, BtfIntEncoding.Signed), letter = types.AddInt("char", 1);
        uint inner = types.AddUnion("", 8, new BtfMemberSpec("x", integer, 0), new BtfMemberSpec("y", letter, 0));
        uint outer = types.Declare(BtfKind.Struct, "outer");
        types.Define(outer, 64, new BtfMemberSpec("", inner, 0), new BtfMemberSpec("bits", integer, 64, 5),
            new BtfMemberSpec("array", types.AddArray(types.AddConst(letter), 4), 128), new BtfMemberSpec("self", types.AddPointer(outer), 192));
        types.AddTypedef("outer_t", outer);
        types.AddEnum("e", 4, isSigned: true, new BtfEnumeratorSpec("A", -1), new BtfEnumeratorSpec("B___x", 2));
        types.AddEnum("w", 8, isSigned: false, new BtfEnumeratorSpec("W", 1L << 40));
        types.AddPointer(types.AddFunctionPrototype(integer, new BtfParameterSpec("a", outer)));
        return types;
    }

    // Each struct holds the one before twice, without names: 2^60 ways lead to the innermost.
    private static BtfFile Nested()
    {
        var types = new BtfBuilder();
        uint last = types.AddStruct("", 0, new BtfMemberSpec("found", types.AddInt("int", 4), 0));
        for (int i = 0; i < 60; i++)
            last = types.AddStruct(i == 59 ? "s59" : "", 0, new BtfMemberSpec("", last, 0), new BtfMemberSpec("", last, (uint)i));
        return types.Build("nested");
    }

    private static BtfBuilder Struct(string name, string member, uint bitOffset)
    {
        var types = new BtfBuilder();
        types.AddStruct(name, 64, new BtfMemberSpec(member, types.AddInt("int", 4), bitOffset));
        return types;
    }

    // A split BTF by hand: its ids and strings go on behind those of its base.
    private static BtfFile Split(BtfFile kernel, string name, uint bitOffset)
    {
        uint start = (uint)kernel.StringsSize;
        byte[] strings = [.. System.Text.Encoding.ASCII.GetBytes($"{name}\0b\0")];
        uint[] words = [start, 4u << 24 | 1, 64, start + (uint)name.Length + 1, 1, bitOffset];
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write((ushort)0xeb9f);
        writer.Write((ushort)1);
        foreach (uint word in (uint[])[24, 0, (uint)words.Length * 4, (uint)words.Length * 4, (uint)strings.Length, .. words])
            writer.Write(word);
        writer.Write(strings);
        return BtfFile.Read("module", bytes.ToArray(), kernel);
    }

    private static CoreAnswer Answer(BtfFile local, CoreTarget? target, CoreRelocationKind kind, string type, string access)
    {
        Assert.True(local.TryFind(BtfKind.Struct, type, out BtfType found));
        Assert.True(new CoreResolver(local, target).TryResolve(kind, found.Id, access, out CoreAnswer answer, out CoreProblem? problem), problem?.Text);
        return answer;
    }

    private static CoreProblem Problem(BtfFile local, BtfBuilder target, CoreRelocationKind kind, string access)
    {
        Assert.True(local.TryFind(BtfKind.Struct, "thing", out BtfType found));
        Assert.False(new CoreResolver(local, new CoreTarget(target.Build("target"))).TryResolve(kind, found.Id, access, out _, out CoreProblem? problem));
        return problem;
    }
}
