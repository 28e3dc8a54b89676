using Imker.Compiler.Ir;
using Imker.Objects;
using Imker.Script.Bound;

namespace Imker.Script.Lowering;

/// <summary>Turns a bound script into IR: a function for each probe, callbacks for loops over maps, and the object round them.</summary>
public static class ScriptLowering
{
    /// <param name="program">What the binder made, free of errors.</param>
    /// <param name="facts">The target that it was bound for.</param>
    /// <param name="name">The object's name.</param>
    public static IrModule Lower(BoundProgram program, ITargetFacts facts, string name)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(facts);
        var module = new ModuleLowering(program, facts);
        foreach (BoundProbe probe in program.Probes)
            module.AddProgram(ProbeLowering.Lower(module, probe));
        return module.Finish(name);
    }
}
