using Imker.Bytecode;
using Imker.Linux.Interop;

namespace Imker.Linux;

/// <summary>A program attached to a cgroup by BPF_PROG_ATTACH, as before links (5.7): it stays when the process is gone.</summary>
public sealed class CgroupAttachment : JournalledAttachment
{
    internal const string KindName = "cgroup";

    private const uint AllowMany = 2;

    private readonly string directory;
    private readonly ulong inode;
    private readonly AttachType attachType;
    private readonly uint programId;

    private CgroupAttachment(string directory, ulong inode, AttachType attachType, uint programId) =>
        (this.directory, this.inode, this.attachType, this.programId) = (directory, inode, attachType, programId);

    internal CgroupAttachment(JournalFields fields) => (directory, inode, attachType, programId) =
        (fields["directory"], fields.Number("inode"), (AttachType)fields.Word("hook"), fields.Word("program"));

    public override string Description => $"program {programId} at {attachType} of cgroup {directory}";

    internal override string Kind => KindName;

    /// <summary>Attaches beside the programs that are there.</summary>
    /// <param name="program">Of one of the types for cgroups.</param>
    /// <param name="attachType">One of <c>BPF_CGROUP_…</c>.</param>
    /// <param name="directory">The cgroup's, of the unified hierarchy.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink Attach(KernelProgram program, AttachType attachType, string directory)
    {
        ArgumentNullException.ThrowIfNull(program);
        string full = Path.GetFullPath(directory);
        string doing = $"attach {program} to cgroup {full}";
        using Descriptor cgroup = PseudoFile.TryOpen(full, out Errno error) ?? throw new BpfException(doing, "open", error);
        FileFacts.TryGet(cgroup, out FileStatus status);
        var attachment = new CgroupAttachment(full, status.Inode, attachType, program.GetInfo().Id);
        AttachmentJournal.Make(attachment, () =>
        {
            if (!Call(BpfCommand.ProgramAttach, cgroup, program, attachType, AllowMany, out Errno refusal))
                throw HookRefusal.Of(doing, BpfCommand.ProgramAttach, refusal, program.Type, attachType);
        });
        return new KernelLink(attachment.Description, attachment);
    }

    internal override void Write(JournalFields fields)
    {
        fields["directory"] = directory;
        fields.Set("inode", inode);
        fields.Set("hook", (ulong)attachType);
        fields.Set("program", programId);
    }

    private protected override void Detach()
    {
        using Descriptor? cgroup = PseudoFile.TryOpen(directory, out _);
        if (cgroup is null || !FileFacts.TryGet(cgroup, out FileStatus status) || status.Inode != inode)
            return;
        using KernelProgram? program = KernelProgram.TryOpen(programId);
        if (program is not null && !Call(BpfCommand.ProgramDetach, cgroup, program, attachType, 0, out Errno error) && error != Errno.NoEntry)
            throw new BpfException($"detach {Description}", BpfCommand.ProgramDetach.KernelName(), error);
    }

    private static bool Call(BpfCommand command, Descriptor cgroup, KernelProgram program, AttachType attachType, uint flags, out Errno error)
    {
        using DescriptorUse target = cgroup.Use(), use = program.Descriptor.Use();
        var attributes = new ProgramAttachAttributes { Target = target.Number, Program = use.Number, AttachType = (uint)attachType, Flags = flags };
        return BpfSyscall.Call(command, ref attributes, out error) >= 0;
    }
}
