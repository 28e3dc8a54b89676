using Imker.Bytecode;

namespace Imker.Linux;

/// <summary>A table of functions that the kernel took when its map was written, as before links (6.4): it stays when the process is gone.</summary>
public sealed class StructOpsRegistration : JournalledAttachment
{
    internal const string KindName = "struct_ops";

    private readonly string name;
    private readonly uint mapId;

    private StructOpsRegistration(string name, uint mapId) => (this.name, this.mapId) = (name, mapId);

    internal StructOpsRegistration(JournalFields fields) => (name, mapId) = (fields["name"], fields.Word("map"));

    public override string Description => $"the table '{name}', map {mapId}";

    internal override string Kind => KindName;

    /// <summary>Has the kernel take a table.</summary>
    /// <param name="map">Of the type STRUCT_OPS, made without <c>BPF_F_LINK</c>.</param>
    /// <param name="value">The table, with descriptors of programs for its pointers.</param>
    /// <exception cref="BpfException">The kernel refuses it.</exception>
    internal static KernelLink Register(KernelMap map, ReadOnlyMemory<byte> value)
    {
        var attachment = new StructOpsRegistration(map.Name, map.GetInfo().Id);
        AttachmentJournal.Make(attachment, () => map.Update(new byte[sizeof(int)], value.Span));
        return new KernelLink(map.Name, attachment);
    }

    internal override void Write(JournalFields fields)
    {
        fields["name"] = name;
        fields.Set("map", mapId);
    }

    private protected override void Detach()
    {
        using KernelMap? map = KernelMap.TryOpen(mapId);
        if (map?.Type == MapType.StructOps && map.Name == ObjectNameOf(name))
            map.TryDelete(new byte[sizeof(int)]);
    }

    private static string ObjectNameOf(string name) => Interop.ObjectName.From(name).ToString();
}
