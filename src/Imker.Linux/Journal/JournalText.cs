using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Imker.Linux;

/// <summary>A file of the journal: lines <c>name value</c>, the text of a value percent-encoded as in a URI.</summary>
internal static class JournalText
{
    private const string KindField = "kind", ProcessField = "process", StartField = "start", BootField = "boot", NamespaceField = "namespace";

    internal static byte[] Write(ProcessIdentity owner, JournalledAttachment attachment)
    {
        var fields = new JournalFields { [KindField] = attachment.Kind, [BootField] = owner.Boot };
        fields.Set(ProcessField, (ulong)owner.Id);
        fields.Set(StartField, owner.StartTime);
        fields.Set(NamespaceField, owner.Namespace);
        attachment.Write(fields);
        var text = new StringBuilder();
        foreach ((string name, string value) in fields.All)
            text.Append(CultureInfo.InvariantCulture, $"{name} {Uri.EscapeDataString(value)}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>False for a file that was cut or is of another version.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out ProcessIdentity owner, [NotNullWhen(true)] out JournalledAttachment? attachment)
    {
        var fields = new JournalFields();
        foreach (ReadOnlySpan<char> line in Encoding.UTF8.GetString(bytes).AsSpan().EnumerateLines())
        {
            int space = line.IndexOf(' ');
            if (space > 0)
                fields[line[..space].ToString()] = Uri.UnescapeDataString(line[(space + 1)..]);
        }
        (owner, attachment) = (default, null);
        try
        {
            owner = new ProcessIdentity(fields.Index(ProcessField), fields.Number(StartField), fields[BootField], fields.Number(NamespaceField));
            attachment = Read(fields);
            return attachment is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static JournalledAttachment? Read(JournalFields fields) => fields[KindField] switch
    {
        ClsactFilter.KindName => new ClsactFilter(fields),
        NetlinkXdp.KindName => new NetlinkXdp(fields),
        CgroupAttachment.KindName => new CgroupAttachment(fields),
        LwtRoute.KindName => new LwtRoute(fields),
        PinnedObject.KindName => new PinnedObject(fields),
        StructOpsRegistration.KindName => new StructOpsRegistration(fields),
        _ => null,
    };
}
