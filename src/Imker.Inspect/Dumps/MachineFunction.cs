using Imker.Linux;
using Imker.Rendering;

namespace Imker.Inspect;

/// <summary>The machine code of one function of a program, split by the source lines that it comes from.</summary>
internal sealed class MachineFunction
{
    private readonly string name;
    private readonly string? prototype;
    private readonly ulong address;
    private readonly ProgramSource source;
    private readonly List<(LinePlace? Line, int Offset, byte[] Code)> pieces = [];

    private MachineFunction(string name, string? prototype, ulong address, byte[] code, ProgramSource source)
    {
        (this.name, this.prototype, this.address, this.source) = (name, prototype, address, source);
        List<LinePlace> lines = [.. source.Layout.Lines.Where(line => line.Address >= address && line.Address < address + (ulong)code.Length).OrderBy(line => line.Address)];
        int first = lines.Count > 0 ? (int)(lines[0].Address - address) : code.Length;
        if (first > 0)
            pieces.Add((null, 0, code[..first]));
        for (int i = 0; i < lines.Count; i++)
        {
            int start = (int)(lines[i].Address - address), end = i + 1 < lines.Count ? (int)(lines[i + 1].Address - address) : code.Length;
            pieces.Add((lines[i], start, code[start..end]));
        }
    }

    /// <param name="code">Of all functions, one behind the other.</param>
    public static IEnumerable<MachineFunction> Split(byte[] code, ProgramSource source, Symbols.KernelSymbols symbols)
    {
        int at = 0;
        foreach (FunctionPlace place in source.Layout.Functions)
        {
            int length = Math.Min(place.Length == 0 ? code.Length : place.Length, code.Length - at);
            if (length <= 0)
                yield break;
            string name = place.Address != 0 && symbols.Resolve(place.Address).Name is { } known ? known : $"function at 0x{place.Address:x}";
            yield return new MachineFunction(name, source.PrototypeOf(place), place.Address, code[at..(at + length)], source);
            at += length;
        }
        if (source.Layout.Functions.IsEmpty)
            yield return new MachineFunction("program", null, 0, code, source);
    }

    public OutputValue ToRecord(bool withPlaces)
    {
        var record = new RecordBuilder();
        if (prototype is not null)
            record.Add("proto", prototype);
        record.Add("name", name);
        return record.Add("insns", OutputValue.Array([.. pieces.Select(piece => RecordOf(piece, withPlaces))])).Build();
    }

    public void Write(RecordOutput output, bool withPlaces, int bytesOfLine)
    {
        if (prototype is not null)
            output.WriteLine($"{prototype}:");
        output.WriteLine($"{name}:");
        foreach ((LinePlace? line, int offset, byte[] code) in pieces)
        {
            if (line is { } known)
                source.WriteLine(output, known, withPlaces);
            for (int at = 0; at < code.Length; at += bytesOfLine)
                output.WriteLine($"{offset + at,6:x}:  {ProgramDump.Spaced(code.AsSpan(at, Math.Min(bytesOfLine, code.Length - at)))}");
        }
    }

    private OutputValue RecordOf((LinePlace? Line, int Offset, byte[] Code) piece, bool withPlaces)
    {
        var record = new RecordBuilder();
        if (piece.Line is { } line)
            source.AddLine(record, line, withPlaces);
        return record.Add("pc", $"0x{piece.Offset:x}").Add("opcodes", ProgramSource.HexBytes(piece.Code)).Build();
    }
}
