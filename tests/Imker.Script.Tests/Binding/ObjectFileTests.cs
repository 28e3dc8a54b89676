using Imker.Objects;
using Imker.TestKit;

namespace Imker.Script.Tests.Binding;

/// <summary>A script is its object file, and that depends on the script and the target's answers alone.</summary>
public sealed class ObjectFileTests
{
    public static TheoryData<string> Scripts => CompiledTests.Scripts;

    [Theory]
    [MemberData(nameof(Scripts))]
    public void The_saved_answers_of_a_target_give_the_same_bytes_as_the_target(string name)
    {
        var recording = new RecordingTargetFacts(new FakeTarget());
        byte[] bytes = Compile(name, recording);

        TargetDescription saved = TargetDescription.Read("saved.json", recording.ToDescription());

        Assert.Equal(bytes, Compile(name, saved));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void The_object_file_of_a_script_is_read_and_written_again_to_the_same_bytes(string name)
    {
        byte[] bytes = Compile(name, new FakeTarget());

        Assert.Equal(bytes, BpfObjectWriter.Write(BpfObjectReader.Read(bytes, name)));
    }

    private static byte[] Compile(string name, ITargetFacts target) =>
        BpfObjectWriter.Write(CompiledTests.Compile(name, Golden.Read($"bound/{name}.bt"), target, out _));
}
