using Imker.Bytecode;

namespace Imker.Linux;

/// <summary>What the kernel says about a program.</summary>
/// <param name="Id">Its number, unique while it lives.</param>
/// <param name="Name">At most fifteen characters.</param>
/// <param name="Type">Its type.</param>
/// <param name="TranslatedLength">Bytes of the code after the verifier: eight for each slot.</param>
/// <param name="JitedLength">Bytes of machine code.</param>
/// <param name="RunTime">Time spent in it while statistics were on (<see cref="RunStatistics"/>).</param>
/// <param name="RunCount">Runs while statistics were on.</param>
/// <param name="RecursionMisses">Runs left out because the program was running already on that CPU (5.12).</param>
/// <param name="VerifiedInstructions">What the verifier walked through (5.16).</param>
public sealed record ProgramInfo(
    uint Id, string Name, ProgramType Type, int TranslatedLength, int JitedLength, TimeSpan RunTime, ulong RunCount,
    ulong RecursionMisses, uint VerifiedInstructions);
