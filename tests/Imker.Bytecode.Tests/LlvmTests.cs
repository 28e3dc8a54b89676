using System.Diagnostics;
using System.Text.RegularExpressions;
using CsCheck;

namespace Imker.Bytecode.Tests;

/// <summary>LLVM's disassembler reads our bytes, our assembler reads LLVM's text: both must come to the same instruction.</summary>
public sealed partial class LlvmTests
{
    // What a release of LLVM does not know it takes for something else: only what kernels had before is shown to it.
    private static readonly (string Tool, string Cpu, Version Before)[] Releases =
    [
        ("/usr/bin/llvm-mc-20", "v4", new Version(7, 0)),
        ("/usr/bin/llvm-mc-19", "v4", new Version(6, 15)),
        ("/usr/bin/llvm-mc", "v3", new Version(6, 6)),
    ];

    [Fact]
    public void The_assembler_reads_what_llvm_disassembles()
    {
        (string? tool, string cpu, Version before) = Releases.FirstOrDefault(release => File.Exists(release.Tool));
        Assert.SkipWhen(tool is null, "llvm-mc is not here: apt-get install llvm");
        List<Instruction> instructions = [.. InstructionForms.All.Where(form => IsShown(form, before)).SelectMany(Samples)];

        (string[] lines, HashSet<int> refused) = Disassemble(tool!, cpu, instructions);

        instructions = [.. instructions.Where((_, index) => !refused.Contains(index))];
        Assert.Equal(instructions.Count, lines.Length);
        Assert.All(instructions, (instruction, index) =>
        {
            Instruction parsed = Assert.Single(Assembler.Parse(lines[index]).Instructions);
            Assert.True(instruction == parsed, $"{instruction} is, to LLVM, {lines[index]}, which was read as {parsed}");
        });
        Assert.True(instructions.DistinctBy(instruction => instruction.Opcode).Count() > 110);
    }

    // Of pseudo values LLVM does not say what they are.
    private static bool IsShown(InstructionForm form, Version before) =>
        !form.NamesReference && form.Since < before
        && form.Create(Register.R0, Register.R0, 0, 0) is not ({ IsWideLoad: true, SrcField: > 0 } or { IsCall: true, SrcField: > 0 });

    private static IEnumerable<Instruction> Samples(InstructionForm form)
    {
        List<Instruction> samples = [];
        InstructionGen.Numeric(form)!.Sample(samples.Add, iter: 8, threads: 1);
        // LLVM does not write the constant of these.
        return samples.Select(sample => sample is { Mode: MemoryMode.Indirect, Class: InstructionClass.Ld } ? sample.WithConstant(0) : sample);
    }

    private static (string[] Lines, HashSet<int> Refused) Disassemble(string tool, string cpu, List<Instruction> instructions)
    {
        var start = new ProcessStartInfo(tool, ["-disassemble", "-triple", "bpfel", $"-mcpu={cpu}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        foreach (Instruction instruction in instructions)
        {
            byte[] bytes = InstructionEncoder.Encode(new Code([instruction]));
            process.StandardInput.WriteLine(string.Join(' ', bytes.Select(b => $"0x{b:x2}")));
        }
        process.StandardInput.Close();
        process.WaitForExit();
        string[] lines = [.. output.Result.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1)];
        return (lines, [.. Refusal().Matches(error.Result).Select(match => int.Parse(match.Groups[1].Value) - 1)]);
    }

    [GeneratedRegex(@"^<stdin>:(\d+):.*invalid instruction encoding", RegexOptions.Multiline)]
    private static partial Regex Refusal();
}
