using Imker.Btf;
using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>The functions and source lines of a loaded program, as far as its type information tells.</summary>
internal sealed class ProgramSource(ProgramLayout layout, BtfFile? types)
{
    public ProgramLayout Layout { get; } = layout;

    /// <summary>The function's declaration, such as <c>int count(struct __sk_buff *skb)</c>; null without type information.</summary>
    public string? PrototypeOf(FunctionPlace function)
    {
        if (types is null || function.BtfTypeId == 0 || function.BtfTypeId >= types.Count || types[function.BtfTypeId] is not { Kind: BtfKind.Function } type)
            return null;
        return BtfCPrinter.Declaration(type.Target, type.Name);
    }

    /// <summary>The line's text; empty when it is not known.</summary>
    public string TextOf(LinePlace line) => StringAt(line.TextOffset).Trim();

    /// <summary>As <c>linum</c> shows it behind the text.</summary>
    public string PlaceOf(LinePlace line) => $"[file:{StringAt(line.FileOffset)} line_num:{line.Line} line_col:{line.Column}]";

    /// <summary>Adds <c>src</c>, and where it stands if that is wanted.</summary>
    public void AddLine(RecordBuilder record, LinePlace line, bool withPlace)
    {
        string text = TextOf(line);
        if (text.Length == 0)
            return;
        record.Add("src", text);
        if (!withPlace)
            return;
        string file = StringAt(line.FileOffset);
        record.AddIf(file.Length > 0, "file", file).AddIf(line.Line > 0, "line_num", (ulong)line.Line).AddIf(line.Column > 0, "line_col", (ulong)line.Column);
    }

    /// <summary>Writes a line as a remark.</summary>
    public void WriteLine(RecordOutput output, LinePlace line, bool withPlace)
    {
        string text = TextOf(line);
        if (text.Length > 0)
            output.WriteLine($"; {text}{(withPlace ? " " + PlaceOf(line) : "")}");
    }

    public static OutputValue HexBytes(ReadOnlySpan<byte> bytes)
    {
        var items = System.Collections.Immutable.ImmutableArray.CreateBuilder<OutputValue>(bytes.Length);
        foreach (byte value in bytes)
            items.Add(OutputValue.Text($"0x{value:x2}"));
        return OutputValue.Array(items.MoveToImmutable());
    }

    private string StringAt(uint offset)
    {
        try
        {
            return types?.GetString(offset) ?? "";
        }
        catch (ArgumentOutOfRangeException)
        {
            // The kernel checks this; what it tells is still only bytes to us.
            return "";
        }
    }
}
