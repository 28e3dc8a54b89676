using System.Collections.Immutable;
using Imker.Hosting;
using Imker.Objects;

namespace Imker.Linux;

/// <summary>An object in the kernel: its maps, programs and, once attached, links. All goes with it when it is disposed.</summary>
public sealed class LoadedObject : IBpfInstance
{
    private readonly AttachPlan plan;
    private readonly StructOpsTables tables;
    private readonly Dictionary<string, KernelMap> maps;
    private readonly Dictionary<string, KernelProgram> programs;
    private readonly List<KernelLink> links = [];
    private readonly Attacher attacher;
    private readonly GlobalMemory globals;

    internal LoadedObject(
        BpfObject blueprint, AttachPlan plan, Dictionary<string, KernelMap> maps, Dictionary<string, KernelProgram> programs, StructOpsTables tables)
    {
        this.tables = tables;
        Blueprint = blueprint;
        this.plan = plan;
        this.maps = maps;
        this.programs = programs;
        globals = new GlobalMemory(blueprint, maps);
        attacher = new Attacher(plan.Effective, new UsdtSpecs(maps));
    }

    public BpfObject Blueprint { get; }

    /// <summary>By the names of the blueprint.</summary>
    public IReadOnlyDictionary<string, KernelMap> Maps => maps;

    /// <summary>By the names of the blueprint. Two names may stand for one program, that both were joined to.</summary>
    public IReadOnlyDictionary<string, KernelProgram> Programs => programs;

    /// <summary>What is attached now.</summary>
    public IReadOnlyList<KernelLink> Links
    {
        get
        {
            lock (links)
                return [.. links];
        }
    }

    /// <inheritdoc/>
    public MapStore GetMap(string name) => maps[name];

    /// <inheritdoc/>
    /// <exception cref="BpfException">The kernel refuses it; most tracing types cannot be run so.</exception>
    public uint Run(string program, ReadOnlySpan<byte> context) => programs[program].Run(new TestRun { Context = context }).ReturnValue;

    /// <summary>The value of a global variable as programs see it now.</summary>
    /// <typeparam name="T">Laid out as the object lays it out.</typeparam>
    /// <param name="name">Of the blueprint's (<see cref="BpfObject.Variables"/>).</param>
    /// <exception cref="KeyNotFoundException">The blueprint has no such variable.</exception>
    /// <exception cref="ArgumentException">It has another size.</exception>
    public T ReadVariable<T>(string name)
        where T : unmanaged => globals.Read<T>(name);

    /// <summary>Sets a global variable, while programs run if need be. Constants are set before loading (<see cref="ObjectVariables.WithVariable{T}"/>).</summary>
    /// <inheritdoc cref="ReadVariable{T}"/>
    /// <exception cref="BpfException">It is a constant.</exception>
    public void WriteVariable<T>(string name, T value)
        where T : unmanaged => globals.Write(name, value);

    /// <summary>Runs the programs of a phase, in the order of the blueprint, by a test run each.</summary>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public void Run(RunPhase phase)
    {
        foreach (RunOnceAttach attach in Blueprint.Attachments.OfType<RunOnceAttach>().Where(a => a.Phase == phase))
            programs[attach.Program].Run(new TestRun());
    }

    /// <summary>
    /// Attaches everything that a kernel attaches. Tables of functions are attached where a link holds them
    /// (<see cref="StructOpsSpec.NeedsLink"/>): others would outlive this process. What fails does not keep the rest from it: the caller decides whether that is an
    /// error, and detaches then.
    /// </summary>
    public ImmutableArray<AttachFailure> Attach() => Attach(targets: null);

    /// <summary>
    /// Attaches everything that a kernel attaches; programs whose sections name no place go where <paramref name="targets"/> says, and
    /// tables of functions without a link are taken by the kernel until they are detached (<see cref="AttachmentJournal"/>).
    /// </summary>
    /// <param name="targets">Null to leave them out.</param>
    /// <inheritdoc cref="Attach()"/>
    public ImmutableArray<AttachFailure> Attach(HookTargets? targets)
    {
        ImmutableArray<AttachFailure>.Builder failures = ImmutableArray.CreateBuilder<AttachFailure>();
        foreach (PlannedAttachment planned in plan.Attachments)
            AttachOne(planned, targets?.ProcessId, failures);
        foreach (MapSpec table in tables.All(plan.Effective).Where(table => targets is not null || table.StructOps!.NeedsLink))
        {
            Attempt(new TypedAttach(table.StructOps!.Functions.FirstOrDefault().Program ?? "") { DisplayName = table.Name }, failures,
                () => Keep(tables.Attach(table, maps[table.Name], programs)));
        }
        if (targets is not null)
            AttachUnnamed(targets, failures);
        return failures.ToImmutable();
    }

    private void AttachUnnamed(HookTargets targets, ImmutableArray<AttachFailure>.Builder failures)
    {
        foreach (ProgramSpec program in plan.Effective.Programs.Where(p => !Blueprint.Attachments.Any(a => a.Program == p.Name)))
        {
            Attempt(new TypedAttach(program.Name) { DisplayName = program.DisplayName }, failures,
                () =>
                {
                    foreach (KernelLink link in HookAttachment.Attach(programs[program.Name], program, targets, maps))
                        Keep(link);
                });
        }
    }

    /// <summary>Attaches one of the object's programs to one more place.</summary>
    /// <param name="attach">Names the program and the place.</param>
    /// <param name="processId">Only what this process does, where the hook can tell; null for all.</param>
    /// <returns>Also among <see cref="Links"/>.</returns>
    /// <exception cref="BpfException">What it names is not there, or the kernel refuses it.</exception>
    /// <exception cref="FeatureNotSupportedException">The kernel lacks the way of attaching.</exception>
    public KernelLink Attach(AttachSpec attach, int? processId = null)
    {
        ArgumentNullException.ThrowIfNull(attach);
        AttachSpec named = attach.DisplayName.Length > 0 ? attach : attach with { DisplayName = $"'{attach.Program}'" };
        return Keep(attacher.Attach(programs[attach.Program], named, processId));
    }

    private KernelLink Keep(KernelLink link)
    {
        lock (links)
            links.Add(link);
        return link;
    }

    private static void Attempt(AttachSpec attachment, ImmutableArray<AttachFailure>.Builder failures, Action attach)
    {
        try
        {
            attach();
        }
        catch (Exception e) when (e is BpfException or FeatureNotSupportedException)
        {
            failures.Add(new AttachFailure(attachment, e));
        }
    }

    private void AttachOne(PlannedAttachment planned, int? processId, ImmutableArray<AttachFailure>.Builder failures)
    {
        try
        {
            Keep(attacher.Attach(programs[planned.Whole.Program], planned.Whole, processId));
        }
        catch (Exception e) when (e is BpfException or FeatureNotSupportedException)
        {
            if (planned.Parts.Length == 1 || planned.Parts.Any(p => plan.MergedInto.ContainsKey(p.Original.Program)))
                failures.AddRange(planned.Parts.Select(p => new AttachFailure(p.Original, e)));
            else
                AttachEach(planned.Parts, processId, failures);
        }
    }

    // One by one, so that what is wrong is told of those that it is wrong with.
    private void AttachEach(ImmutableArray<PlannedPart> parts, int? processId, ImmutableArray<AttachFailure>.Builder failures)
    {
        foreach (PlannedPart part in parts)
            AttachOne(new PlannedAttachment(part.Effective, [part]), processId, failures);
    }

    /// <summary>Detaches everything; returns when no program runs any more. Maps and programs stay.</summary>
    public void Detach()
    {
        KernelLink[] all;
        lock (links)
        {
            all = [.. links];
            links.Clear();
        }
        KernelLink.DisposeAll(all);
    }

    public void Dispose()
    {
        Detach();
        globals.Dispose();
        foreach (KernelProgram program in programs.Values)
            program.Dispose();
        foreach (KernelMap map in maps.Values)
            map.Dispose();
    }
}
