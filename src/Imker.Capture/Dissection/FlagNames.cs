using Imker.Rendering;

namespace Imker.Capture.Dissection;

/// <summary>Names of the bits of a field, in the order they are said.</summary>
internal sealed class FlagNames
{
    private readonly uint[] masks;
    private readonly byte[][] names;

    public FlagNames(params (uint Mask, string Name)[] rows)
    {
        masks = [.. rows.Select(r => r.Mask)];
        names = [.. rows.Select(r => System.Text.Encoding.UTF8.GetBytes(r.Name))];
    }

    public int Count => masks.Length;

    public bool IsSet(int index, uint value) => (value & masks[index]) == masks[index];

    public ReadOnlySpan<byte> NameAt(int index) => names[index];

    public void Write(Utf8Buffer output, uint value, ReadOnlySpan<byte> separator, ReadOnlySpan<byte> none)
    {
        bool any = false;
        for (int i = 0; i < masks.Length; i++)
        {
            if (!IsSet(i, value))
                continue;
            if (any)
                output.Write(separator);
            output.Write(names[i]);
            any = true;
        }
        if (!any)
            output.Write(none);
    }
}
