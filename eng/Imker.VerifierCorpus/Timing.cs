using System.Diagnostics;
using System.Globalization;
using Imker.Linux;
using Imker.Objects;
using Imker.Verifier;

namespace Imker.VerifierCorpus;

/// <summary>How long the analysis of each program takes.</summary>
internal static class Timing
{
    private const int Rounds = 7;

    /// <summary>Writes object, program, the shortest of some rounds in microseconds, and the instructions that were walked.</summary>
    public static void Write(IEnumerable<string> objects, TextWriter output)
    {
        VerifierTarget target = VerifierTarget.ForKernel(new Version(6, 18), KernelBtfFile.Types);
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
            foreach (ProgramSpec program in source.Programs)
            {
                var best = TimeSpan.MaxValue;
                Verdict verdict = ProgramVerifier.Verify(source, program, target);
                for (int round = 0; round < (verdict.AnalysedInstructions > 100_000 ? 1 : Rounds); round++)
                {
                    long start = Stopwatch.GetTimestamp();
                    ProgramVerifier.Verify(source, program, target);
                    TimeSpan took = Stopwatch.GetElapsedTime(start);
                    best = took < best ? took : best;
                }
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}\t{program.Name}\t{(verdict.IsAccepted ? "accept" : "reject")}\t{best.TotalMicroseconds:0.0}\t{verdict.AnalysedInstructions}"));
            }
        }
    }
}
