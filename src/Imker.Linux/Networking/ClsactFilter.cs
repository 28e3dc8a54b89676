using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>
/// A program as a filter of an interface's clsact queueing discipline (tc-bpf(8)), as before tcx (6.6), or as an action of one. Both stay
/// when the process is gone; the discipline goes with its last filter if it was made for it.
/// </summary>
public sealed class ClsactFilter : NetworkAttachment
{
    internal const string KindName = "clsact";

    private readonly TrafficControl place;
    private readonly bool madeDiscipline;
    private readonly uint programId;

    private ClsactFilter(TrafficControl place, bool madeDiscipline, uint programId) =>
        (this.place, this.madeDiscipline, this.programId) = (place, madeDiscipline, programId);

    internal ClsactFilter(JournalFields fields)
        : base(fields)
    {
        place = new TrafficControl(fields.Index("interface"), fields.Number("egress") != 0, (ushort)fields.Word("priority"), fields.Word("handle"));
        madeDiscipline = fields.Number("discipline") != 0;
        programId = fields.Word("program");
    }

    public override string Description => $"program {programId} at {(place.IsEgress ? "egress" : "ingress")} of interface {place.InterfaceIndex}";

    internal override string Kind => KindName;

    /// <summary>Attaches beside the filters that are there.</summary>
    /// <param name="program">Of the type SCHED_CLS, or SCHED_ACT to be an action for every packet.</param>
    /// <param name="interfaceIndex">The interface's number in this network namespace.</param>
    /// <param name="isEgress">For what goes out; else for what comes in.</param>
    /// <param name="priority">Lower ones run first. Filters of one priority are of one kind.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink Attach(KernelProgram program, int interfaceIndex, bool isEgress, ushort priority = 1)
    {
        ArgumentNullException.ThrowIfNull(program);
        var place = new TrafficControl(interfaceIndex, isEgress, priority, (uint)Random.Shared.Next(1, int.MaxValue));
        bool isMade = !place.HasDiscipline();
        var attachment = new ClsactFilter(place, isMade, program.GetInfo().Id);
        AttachmentJournal.Make(attachment, () =>
        {
            if (isMade)
                place.AddDiscipline();
            try
            {
                place.AddFilter(program);
            }
            catch (BpfException) when (isMade && !place.HasFilters())
            {
                place.RemoveDiscipline();
                throw;
            }
        });
        return new KernelLink(attachment.Description, attachment);
    }

    internal override void Write(JournalFields fields)
    {
        base.Write(fields);
        fields.Set("interface", (ulong)place.InterfaceIndex);
        fields.Set("egress", place.IsEgress ? 1u : 0u);
        fields.Set("priority", place.Priority);
        fields.Set("handle", place.Handle);
        fields.Set("discipline", madeDiscipline ? 1u : 0u);
        fields.Set("program", programId);
    }

    // The handle is a number of 31 bits taken at random, and what stands there runs the same program.
    private protected override void DetachHere()
    {
        if (place.HasFilter(programId))
            place.RemoveFilter();
        if (madeDiscipline && place.HasDiscipline() && !place.HasFilters())
            place.RemoveDiscipline();
    }
}
