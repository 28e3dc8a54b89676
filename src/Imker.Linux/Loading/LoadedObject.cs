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

    internal LoadedObject(
        BpfObject blueprint, AttachPlan plan, Dictionary<string, KernelMap> maps, Dictionary<string, KernelProgram> programs, StructOpsTables tables)
    {
        this.tables = tables;
        Blueprint = blueprint;
        this.plan = plan;
        this.maps = maps;
        this.programs = programs;
    }

    public BpfObject Blueprint { get; }

    /// <summary>By the names of the blueprint.</summary>
    public IReadOnlyDictionary<string, KernelMap> Maps => maps;

    /// <summary>By the names of the blueprint. Two names may stand for one program, that both were joined to.</summary>
    public IReadOnlyDictionary<string, KernelProgram> Programs => programs;

    /// <summary>What is attached now.</summary>
    public IReadOnlyList<KernelLink> Links => links;

    /// <inheritdoc/>
    public MapStore GetMap(string name) => maps[name];

    /// <inheritdoc/>
    /// <exception cref="BpfException">The kernel refuses it; most tracing types cannot be run so.</exception>
    public uint Run(string program, ReadOnlySpan<byte> context) => programs[program].Run(new TestRun { Context = context }).ReturnValue;

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
    public ImmutableArray<AttachFailure> Attach()
    {
        ImmutableArray<AttachFailure>.Builder failures = ImmutableArray.CreateBuilder<AttachFailure>();
        foreach (PlannedAttachment planned in plan.Attachments)
            AttachOne(planned, failures);
        foreach (MapSpec table in tables.Linked(plan.Effective))
            AttachTable(table, failures);
        return failures.ToImmutable();
    }

    private void AttachTable(MapSpec table, ImmutableArray<AttachFailure>.Builder failures)
    {
        try
        {
            links.Add(tables.Attach(table, maps[table.Name], programs));
        }
        catch (BpfException e)
        {
            failures.Add(new AttachFailure(new TypedAttach(table.StructOps!.Functions.FirstOrDefault().Program ?? "") { DisplayName = table.Name }, e));
        }
    }

    private void AttachOne(PlannedAttachment planned, ImmutableArray<AttachFailure>.Builder failures)
    {
        try
        {
            links.Add(Attacher.Attach(plan.Effective, programs[planned.Whole.Program], planned.Whole));
        }
        catch (Exception e) when (e is BpfException or FeatureNotSupportedException)
        {
            if (planned.Parts.Length == 1 || planned.Parts.Any(p => plan.MergedInto.ContainsKey(p.Original.Program)))
                failures.AddRange(planned.Parts.Select(p => new AttachFailure(p.Original, e)));
            else
                AttachEach(planned.Parts, failures);
        }
    }

    // One by one, so that what is wrong is told of those that it is wrong with.
    private void AttachEach(ImmutableArray<PlannedPart> parts, ImmutableArray<AttachFailure>.Builder failures)
    {
        foreach (PlannedPart part in parts)
            AttachOne(new PlannedAttachment(part.Effective, [part]), failures);
    }

    /// <summary>Detaches everything; returns when no program runs any more. Maps and programs stay.</summary>
    public void Detach()
    {
        KernelLink.DisposeAll(links);
        links.Clear();
    }

    public void Dispose()
    {
        Detach();
        foreach (KernelProgram program in programs.Values)
            program.Dispose();
        foreach (KernelMap map in maps.Values)
            map.Dispose();
    }
}
