using System.Collections.Immutable;
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
    ulong RecursionMisses, uint VerifiedInstructions)
{
    /// <summary>The hash of the code, as kallsyms shows it: sixteen hexadecimal digits.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Whether its licence opens the helpers that are for such programs only.</summary>
    public bool IsGplCompatible { get; init; }

    /// <summary>When it was loaded, since the start of the machine.</summary>
    public TimeSpan LoadedAfterBoot { get; init; }

    /// <summary>The user who loaded it.</summary>
    public uint UserId { get; init; }

    /// <summary>The maps that it uses.</summary>
    public ImmutableArray<uint> MapIds { get; init; } = [];

    /// <summary>Its type information; 0 without.</summary>
    public uint BtfId { get; init; }

    /// <summary>What it is typed by: a type of <see cref="AttachBtfObjectId"/>; 0 for most types.</summary>
    public uint AttachBtfId { get; init; }

    public uint AttachBtfObjectId { get; init; }

    /// <summary>The network interface that it was loaded for; 0 for most.</summary>
    public uint InterfaceIndex { get; init; }

    /// <summary>Bytes that are charged for it; null where the kernel does not tell.</summary>
    public ulong? Memory { get; init; }
}
