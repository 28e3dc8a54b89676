using System.Diagnostics;
using Imker.Linux;
using Imker.Objects;
using Imker.Verifier;

namespace Imker.VerifierCorpus;

/// <summary>Compares the verifier's verdicts with those that a kernel gave.</summary>
internal static class Comparison
{
    /// <summary>Writes a line for each program on which the two differ, then the counts.</summary>
    /// <param name="verdicts">What <see cref="KernelVerdicts"/> wrote.</param>
    public static void Write(string verdicts, IEnumerable<string> objects, TextWriter output)
    {
        var kernel = File.ReadLines(verdicts).Select(line => line.Split('\t')).ToDictionary(row => (row[0], row[1]));
        VerifierTarget target = VerifierTarget.ForKernel(new Version(6, 18), KernelBtfFile.Types);
        int judged = 0, accepted = 0, rightlyAccepted = 0, wronglyAccepted = 0;
        var watch = new Stopwatch();
        foreach (string path in objects)
        {
            string name = Path.GetFileNameWithoutExtension(path);
            BpfObject source;
            try
            {
                source = CoreRelocator.Adapt(BpfObjectReader.Read(File.ReadAllBytes(path), name), RunningKernelTypes.Target, []).Object;
            }
            catch (Diagnostics.DiagnosticException)
            {
                continue;
            }
            foreach (ProgramSpec program in source.Programs.DistinctBy(program => program.Name))
            {
                if (!kernel.TryGetValue((name, program.Name), out string[]? row) || row[2] is not ("accept" or "reject"))
                    continue;
                Verdict verdict;
                watch.Start();
                try
                {
                    verdict = ProgramVerifier.Verify(source, program, target);
                }
                catch (Exception e)
                {
                    output.WriteLine($"CRASH\t{name}\t{program.Name}\t{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n')[0].Trim()} {e.StackTrace?.Split('\n').ElementAtOrDefault(1)?.Trim()}");
                    continue;
                }
                watch.Stop();
                if (Environment.GetEnvironmentVariable("TRACE") is not null)
                    Console.Error.WriteLine($"{name} {program.Name} {verdict.AnalysedInstructions} {row[4]}");
                judged++;
                bool isAccepted = row[2] == "accept";
                accepted += isAccepted ? 1 : 0;
                rightlyAccepted += isAccepted && verdict.IsAccepted ? 1 : 0;
                wronglyAccepted += !isAccepted && verdict.IsAccepted ? 1 : 0;
                if (isAccepted != verdict.IsAccepted)
                    output.WriteLine(isAccepted
                        ? $"REFUSED\t{name}\t{program.Name}\t{verdict.Id}\t{verdict.Slot}: {verdict.Message}"
                        : $"ACCEPTED\t{name}\t{program.Name}\tkernel: {row[5]}");
            }
        }
        output.WriteLine($"{judged} judged; the kernel accepts {accepted}, of which {rightlyAccepted} are accepted here ({100.0 * rightlyAccepted / Math.Max(1, accepted):0.0} %); {wronglyAccepted} are accepted that it refuses; {watch.Elapsed.TotalMilliseconds:0} ms");
    }
}
