using Imker.Objects;

namespace Imker.Linux;

/// <summary>Puts a blueprint into the running kernel.</summary>
public static class ObjectLoader
{
    /// <summary>
    /// Makes the object's maps and has its programs verified, a pair of uprobe and uretprobe perhaps as one program. Nothing is
    /// attached yet (<see cref="LoadedObject.Attach"/>).
    /// </summary>
    /// <exception cref="VerifierException">The verifier refuses a program; tells the source line.</exception>
    /// <exception cref="BpfException">The kernel refuses a map or a program, or lacks what one refers to.</exception>
    /// <exception cref="ArgumentException">The object refers to a map or function that it does not have.</exception>
    public static LoadedObject Load(BpfObject source)
    {
        ArgumentNullException.ThrowIfNull(source);
        AttachPlan plan = AttachPlan.Make(source, withSessions: true);
        try
        {
            return LoadPlanned(source, plan);
        }
        catch (VerifierException) when (!plan.MergedInto.IsEmpty)
        {
            // A joined program may be more than the verifier takes; if it is not that, the same refusal comes with the right name.
            return LoadPlanned(source, AttachPlan.Make(source, withSessions: false));
        }
    }

    private static LoadedObject LoadPlanned(BpfObject source, AttachPlan plan)
    {
        BpfObject effective = plan.Effective;
        var maps = new Dictionary<string, KernelMap>(effective.Maps.Length);
        var programs = new Dictionary<string, KernelProgram>(source.Programs.Length);
        try
        {
            using ObjectBtf? btf = ObjectBtf.Load(effective);
            MapCreation.CreateAll(effective.Maps, btf?.Handle, maps);
            var numbers = new ReferenceNumbers(maps, effective.Name);
            foreach (ProgramSpec program in effective.Programs)
                programs.Add(program.Name, LoadProgram(effective, program, numbers, btf));
            foreach ((string part, string whole) in plan.MergedInto)
                programs.Add(part, programs[whole]);
            return new LoadedObject(source, plan, maps, programs);
        }
        catch
        {
            foreach (KernelProgram program in programs.Values)
                program.Dispose();
            foreach (KernelMap map in maps.Values)
                map.Dispose();
            throw;
        }
    }

    private static KernelProgram LoadProgram(BpfObject source, ProgramSpec spec, ReferenceNumbers numbers, ObjectBtf? btf)
    {
        LinkedProgram linked = ProgramLinker.Link(source, spec);
        var parameters = new ProgramParameters
        {
            Name = spec.Name,
            Type = spec.Type,
            Instructions = linked.Encode(numbers),
            License = source.License,
            ExpectedAttachType = spec.ExpectedAttachType ?? UprobeAttachment.ExpectedAttachType(source, spec),
            AttachBtfId = AttachTarget.Find(spec),
            IsSleepable = spec.IsSleepable,
            Btf = btf?.Handle,
            FunctionInfo = btf is null ? [] : DebugInfo.FunctionsOf(linked),
            LineInfo = btf is null ? [] : DebugInfo.LinesOf(linked, btf),
        };
        try
        {
            return KernelProgram.Load(parameters);
        }
        catch (VerifierException e) when (linked.LocationOf(VerifierLog.LastInstruction(e.Log)) is { } location)
        {
            string name = spec.DisplayName.Length > 0 ? spec.DisplayName : spec.Name;
            throw new VerifierException(name, e.Error, e.Log, location);
        }
    }
}
