using Imker.Bytecode;
using Imker.TestKit;

namespace Imker.Objects.Tests.Core;

/// <summary>What CO-RE makes of code, beside what libbpf made of the same (tests/corpus/objects/build).</summary>
public sealed class CoreOracleTests
{
    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (string source in (ReadOnlySpan<string>)["core-fields", "core-bitfields", "core-types", "core-enums", "core-flavours", "core-sizes"])
        {
            pairs.Add(source, "target-a");
            pairs.Add(source, "target-b");
        }
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Code_is_adapted_as_libbpf_does_it(string source, string target)
    {
        BpfObject read = BpfObjectReader.Read(Corpus.ReadObject(source), source);
        AdaptedObject adapted = CoreRelocator.Adapt(read, CoreTypesFile.Read(target));
        string[] expected = File.ReadAllLines(Corpus.PathOf($"objects/{source}.{target}.txt"));
        Assert.NotEqual(0, read.Programs.Sum(program => program.Entry.CoreRelocations.Length));
        Assert.Equal(string.Join('\n', expected.Select(WithoutDescriptor)), Hex(adapted.Object));
    }

    private static string Hex(BpfObject of)
    {
        var lines = new List<string>();
        foreach (ProgramSpec program in of.Programs)
        {
            lines.Add(program.Name);
            byte[] bytes = new byte[16];
            foreach (Instruction instruction in program.Entry.Instructions)
            {
                int length = InstructionEncoder.Encode(instruction, bytes);
                for (int at = 0; at < length; at += 8)
                    lines.Add(Convert.ToHexStringLower(bytes.AsSpan(at, 8)));
            }
        }
        return string.Join('\n', lines);
    }

    // A map is a number of the process that loaded it.
    private static string WithoutDescriptor(string line) =>
        line.Length == 16 && line.StartsWith("18", StringComparison.Ordinal) && line[2] is '1' or '2' ? line[..8] + "00000000" : line;
}
