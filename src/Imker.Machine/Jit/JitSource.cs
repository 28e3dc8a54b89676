using System.Collections.Immutable;

namespace Imker.Machine.Jit;

/// <summary>What code is generated of.</summary>
/// <param name="Program">Of valid form.</param>
/// <param name="Options">What the code guards against.</param>
/// <param name="Maps">The maps that the program's handles stand for; they live as long as the code.</param>
/// <param name="Owner">A handle of the <see cref="CompiledProgram"/> that the code becomes.</param>
internal sealed record JitSource(ExecutableProgram Program, JitOptions Options, ImmutableArray<MachineMap> Maps, nint Owner);
