using Imker.Objects;

namespace Imker.Linux;

/// <summary>Puts a blueprint into the running kernel.</summary>
public static class ObjectLoader
{
    /// <summary>
    /// Makes the object's maps and has its programs verified. Nothing is attached yet (<see cref="LoadedObject.Attach"/>).
    /// </summary>
    /// <exception cref="VerifierException">The verifier refuses a program; tells the source line.</exception>
    /// <exception cref="BpfException">The kernel refuses a map or a program, or lacks what one refers to.</exception>
    /// <exception cref="ArgumentException">The object refers to a map or function that it does not have.</exception>
    public static LoadedObject Load(BpfObject source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var maps = new Dictionary<string, KernelMap>(source.Maps.Length);
        var programs = new Dictionary<string, KernelProgram>(source.Programs.Length);
        try
        {
            using ObjectBtf? btf = ObjectBtf.Load(source);
            foreach (MapSpec map in source.Maps)
                maps.Add(map.Name, MapCreation.Create(map, btf?.Handle));
            var numbers = new ReferenceNumbers(maps, source.Name);
            foreach (ProgramSpec program in source.Programs)
                programs.Add(program.Name, LoadProgram(source, program, numbers, btf));
            return new LoadedObject(source, maps, programs);
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
