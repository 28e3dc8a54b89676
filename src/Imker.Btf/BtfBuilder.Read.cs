using System.Text;

namespace Imker.Btf;

public sealed partial class BtfBuilder
{
    /// <summary>
    /// Starts with the types and strings of a BTF, which keep their ids and offsets: what is added comes behind them. Of what the
    /// BTF has twice, adding gives the first.
    /// </summary>
    /// <exception cref="ArgumentException">It is split: it builds on another.</exception>
    public static BtfBuilder From(BtfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return From(file, file.OwnCount, file.StringsSize);
    }

    /// <summary>As <see cref="From(BtfFile)"/>, with the first types and strings alone: the BTF as it was before more was added.</summary>
    /// <param name="typeCount">Without <c>void</c>; those that are kept refer to no other.</param>
    /// <param name="stringsSize">Bytes of strings that are kept; the types that are kept have no name behind them.</param>
    public static BtfBuilder From(BtfFile file, int typeCount, int stringsSize)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)typeCount, (uint)file.OwnCount, nameof(typeCount));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)stringsSize, (uint)file.StringsSize, nameof(stringsSize));
        if (file.Base is not null)
            throw new ArgumentException($"The BTF of {file.Name} is split: its types are not whole without its base.", nameof(file));
        var builder = new BtfBuilder();
        builder.TakeStrings(file.StringSection[..stringsSize]);
        foreach (BtfType type in file.OwnTypes.Take(typeCount))
        {
            uint[] words = type.ToWords();
            builder.types.Add(words);
            builder.ids.TryAdd(words, type.Id);
        }
        return builder;
    }

    private void TakeStrings(ReadOnlySpan<byte> section)
    {
        strings.Clear();
        strings.AddRange(section);
        for (int at = 0; at < section.Length;)
        {
            int length = section[at..].IndexOf((byte)0);
            if (length < 0)
                break;
            string text = Encoding.UTF8.GetString(section.Slice(at, length));
            // Bytes that are no UTF-8 are not what the text says.
            if (!text.Contains('\ufffd'))
                stringOffsets.TryAdd(text, (uint)at);
            at += length + 1;
        }
    }
}
