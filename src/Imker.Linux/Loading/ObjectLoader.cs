using System.Collections.Immutable;
using Imker.Bytecode;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>Puts a blueprint into the running kernel.</summary>
public static class ObjectLoader
{
    /// <summary>
    /// Makes the object's maps and has its programs verified, a pair of uprobe and uretprobe perhaps as one program. Nothing is
    /// attached yet (<see cref="LoadedObject.Attach()"/>).
    /// </summary>
    /// <exception cref="VerifierException">The verifier refuses a program; tells the source line.</exception>
    /// <exception cref="BpfException">The kernel refuses a map or a program, or lacks what one refers to.</exception>
    /// <exception cref="Diagnostics.DiagnosticException">What the object asks of this kernel's types or configuration has no answer.</exception>
    /// <exception cref="ArgumentException">The object refers to a map or function that it does not have.</exception>
    public static LoadedObject Load(BpfObject source, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= LoadOptions.Default;
        BpfObject configured = KernelConfiguration.Resolve(source, new LinuxTargetFacts());
        AdaptedObject adapted = CoreRelocator.Adapt(configured, CoreRelocator.IsNeeded(source) ? options.Types ?? RunningKernelTypes.Target : null, options.Programs);
        BpfObject chosen = Choose(adapted.Object, options.Programs);
        AttachPlan plan = AttachPlan.Make(chosen, withSessions: true);
        try
        {
            return LoadPlanned(source, plan, adapted.Missing, options);
        }
        catch (VerifierException) when (!plan.MergedInto.IsEmpty)
        {
            // A joined program may be more than the verifier takes; if it is not that, the same refusal comes with the right name.
            return LoadPlanned(source, AttachPlan.Make(chosen, withSessions: false), adapted.Missing, options);
        }
    }

    // Programs that are loaded on request only are left out with their attachments.
    private static BpfObject Choose(BpfObject source, ImmutableArray<string> requested)
    {
        if (source.Programs.All(program => program.IsAutoLoaded))
            return source;
        ImmutableArray<ProgramSpec> programs = [.. source.Programs.Where(program => program.IsAutoLoaded || requested.Contains(program.Name))];
        var names = programs.Select(program => program.Name).ToHashSet();
        return source with
        {
            Programs = programs,
            Attachments = [.. source.Attachments.Where(attachment => names.Contains(attachment.Program))],
        };
    }

    private static LoadedObject LoadPlanned(BpfObject source, AttachPlan plan, ImmutableArray<MissingInTarget> missing, LoadOptions options)
    {
        BpfObject effective = plan.Effective;
        var maps = new Dictionary<string, KernelMap>(effective.Maps.Length);
        var programs = new Dictionary<string, KernelProgram>(source.Programs.Length);
        try
        {
            using ObjectBtf? btf = ObjectBtf.Load(effective);
            var tables = new StructOpsTables(effective);
            new MapCreation(btf?.Handle, maps, tables, options.PinDirectory).CreateAll(effective.Maps);
            var numbers = new ReferenceNumbers(maps, effective.Name);
            foreach (ProgramSpec program in effective.Programs)
                programs.Add(program.Name, LoadProgram(effective, program, numbers, btf, tables, missing, options.AttachedProgram));
            foreach ((string part, string whole) in plan.MergedInto)
                programs.Add(part, programs[whole]);
            FillProgramArrays(effective, maps, programs);
            return new LoadedObject(source, plan, maps, programs, tables);
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

    private static void FillProgramArrays(BpfObject source, Dictionary<string, KernelMap> maps, Dictionary<string, KernelProgram> programs)
    {
        foreach (MapSpec map in source.Maps)
        {
            for (int i = 0; i < map.InnerPrograms.Length; i++)
            {
                if (programs.TryGetValue(map.InnerPrograms[i], out KernelProgram? program))
                    maps[map.Name].Update(BitConverter.GetBytes(i), program);
            }
        }
    }

    private static KernelProgram LoadProgram(
        BpfObject source, ProgramSpec spec, ReferenceNumbers numbers, ObjectBtf? btf, StructOpsTables tables, ImmutableArray<MissingInTarget> missing,
        KernelProgram? attached)
    {
        uint functionOfProgram = attached is null ? 0 : AttachTarget.FindIn(attached, spec);
        (uint TypeId, AttachType Member)? member = tables.MemberOf(spec);
        LinkedProgram linked = ProgramLinker.Link(source, spec);
        var parameters = new ProgramParameters
        {
            Name = spec.Name,
            Type = spec.Type,
            Instructions = linked.Encode(numbers),
            License = source.License,
            ExpectedAttachType = member?.Member ?? spec.ExpectedAttachType ?? UprobeAttachment.ExpectedAttachType(source, spec),
            AttachBtfId = member?.TypeId ?? (functionOfProgram != 0 ? functionOfProgram : AttachTarget.Find(spec)),
            AttachedProgram = functionOfProgram != 0 ? attached : null,
            IsSleepable = spec.IsSleepable,
            TakesFragments = spec.TakesFragments,
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
            string? what = missing.FirstOrDefault(item => item.Function == location.Function && item.Instruction == location.Instruction)?.What;
            throw new VerifierException(name, e.Error, e.Log, location, what is null ? null : $"it reaches the {what}: ask first (bpf_core_field_exists and its like)");
        }
    }
}
