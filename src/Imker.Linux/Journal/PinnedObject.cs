namespace Imker.Linux;

/// <summary>
/// A name in the file system of BPF that is to go when its process goes: other processes find the program, map or link by it meanwhile.
/// One that is to stay is made by <see cref="KernelMap.Pin"/> and its like.
/// </summary>
public sealed class PinnedObject : JournalledAttachment
{
    internal const string KindName = "pin";

    private readonly string path;
    private readonly KernelObjectKind objectKind;
    private readonly uint id;

    private PinnedObject(string path, KernelObjectKind objectKind, uint id) => (this.path, this.objectKind, this.id) = (path, objectKind, id);

    internal PinnedObject(JournalFields fields) => (path, objectKind, id) = (fields["path"], (KernelObjectKind)fields.Word("object"), fields.Word("id"));

    public override string Description => $"the pin of {KernelObjects.NameOf(objectKind)} {id} at {path}";

    internal override string Kind => KindName;

    /// <param name="map">To be found.</param>
    /// <param name="path">Below a mount of bpffs; nothing is there yet.</param>
    /// <returns>Removes the name when it is disposed.</returns>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    public static KernelLink Pin(KernelMap map, string path)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Pin(KernelObjectKind.Map, map.GetInfo().Id, path, map.Pin);
    }

    /// <inheritdoc cref="Pin(KernelMap, string)"/>
    public static KernelLink Pin(KernelProgram program, string path)
    {
        ArgumentNullException.ThrowIfNull(program);
        return Pin(KernelObjectKind.Program, program.GetInfo().Id, path, program.Pin);
    }

    /// <inheritdoc cref="Pin(KernelMap, string)"/>
    public static KernelLink Pin(KernelLink link, string path)
    {
        ArgumentNullException.ThrowIfNull(link);
        return Pin(KernelObjectKind.Link, link.GetInfo().Id, path, link.Pin);
    }

    internal override void Write(JournalFields fields)
    {
        fields["path"] = path;
        fields.Set("object", (ulong)objectKind);
        fields.Set("id", id);
    }

    private static KernelLink Pin(KernelObjectKind kind, uint id, string path, Action<string> pin)
    {
        var attachment = new PinnedObject(Path.GetFullPath(path), kind, id);
        AttachmentJournal.Make(attachment, () => pin(attachment.path));
        return new KernelLink(attachment.Description, attachment);
    }

    private protected override void Detach()
    {
        using Descriptor? pinned = ObjectPins.TryOpen(path, out _);
        if (pinned is null || ObjectPins.KindOf(pinned) != objectKind || KernelObjects.IdOf(pinned) != id)
            return;
        try
        {
            System.IO.File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BpfException($"remove {Description}", "unlink", Errno.AccessDenied, e.Message);
        }
    }
}
