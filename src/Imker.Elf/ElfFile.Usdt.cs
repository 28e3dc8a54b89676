namespace Imker.Elf;

public sealed partial class ElfFile
{
    private const uint UsdtType = 3;

    /// <summary>The places that the file names itself (<c>.note.stapsdt</c>), in the file's order; one name may stand for several.</summary>
    /// <exception cref="Diagnostics.DiagnosticException">A note is malformed.</exception>
    public IEnumerable<UsdtProbe> UsdtProbes => Notes.Where(note => note.Type == UsdtType && note.NameBytes.Span.SequenceEqual("stapsdt"u8)).Select(ReadUsdt);

    private UsdtProbe ReadUsdt(ElfNote note)
    {
        int word = Encoding.WordSize;
        ReadOnlySpan<byte> bytes = note.Description.Span;
        if (bytes.Length < 3 * word)
            throw source.Malformed(note.Offset, "a USDT probe has no addresses");
        ulong address = Encoding.Word(bytes, 0), noted = Encoding.Word(bytes, word), semaphore = Encoding.Word(bytes, 2 * word);
        // A linker that moves the file's addresses afterwards moves this section along, but not what the note says.
        ulong moved = noted != 0 && FindSection(".stapsdt.base") is { } section ? section.Address - noted : 0;
        ReadOnlySpan<byte> texts = bytes[(3 * word)..];
        string provider = TakeText(ref texts, note), name = TakeText(ref texts, note), arguments = TakeText(ref texts, note);
        return new UsdtProbe(provider, name, address + moved, semaphore == 0 ? 0 : semaphore + moved, arguments);
    }

    private string TakeText(ref ReadOnlySpan<byte> texts, ElfNote note)
    {
        int end = texts.IndexOf((byte)0);
        if (end < 0)
            throw source.Malformed(note.Offset, "a text of a USDT probe has no end");
        string text = System.Text.Encoding.UTF8.GetString(texts[..end]);
        texts = texts[(end + 1)..];
        return text;
    }
}
