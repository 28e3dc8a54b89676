using Imker.Rendering;

namespace Imker.Capture.Dissection;

/// <summary>
/// A packet as one object of JSON: its time and lengths, and below <c>layers</c> an object for each protocol, outermost first, so that
/// a protocol inside itself takes no name twice. Whatever is left open when a packet was cut is closed.
/// </summary>
internal sealed class FieldWriter
{
    private const int DeepestNesting = 64;
    private const int LayerDepth = 2;

    private readonly byte[] closers = new byte[DeepestNesting];
    private Utf8Buffer output = null!;
    private int depth;
    private int refused;
    private bool needsComma;

    /// <summary>Whether a protocol said that its bytes end too early.</summary>
    public bool Truncated { get; set; }

    public void Begin(Utf8Buffer target)
    {
        output = target;
        depth = refused = 0;
        needsComma = false;
        Truncated = false;
        Open((byte)'{', (byte)'}');
    }

    public void BeginLayer(ReadOnlySpan<byte> protocol)
    {
        CloseTo(LayerDepth);
        Comma();
        Open((byte)'{', (byte)'}');
        Text("protocol"u8, protocol);
    }

    public void BeginList(ReadOnlySpan<byte> name)
    {
        if (TryName(name))
            Open((byte)'[', (byte)']');
        else
            refused++;
    }

    public void BeginItem()
    {
        if (refused > 0 || depth is <= LayerDepth or >= DeepestNesting || IsObject)
        {
            refused++;
            return;
        }
        Comma();
        Open((byte)'{', (byte)'}');
    }

    public void End()
    {
        if (refused > 0)
            refused--;
        else if (depth > 1)
            Close();
    }

    /// <summary>Closes all that is open above the packet's own object.</summary>
    public void CloseLayers() => CloseTo(1);

    public void Finish() => CloseTo(0);

    public void Number(ReadOnlySpan<byte> name, long value)
    {
        if (TryName(name))
            JsonValueWriter.WriteNumber(output, value);
    }

    public void Number(ReadOnlySpan<byte> name, ulong value)
    {
        if (TryName(name))
            JsonValueWriter.WriteNumber(output, value);
    }

    public void Null(ReadOnlySpan<byte> name)
    {
        if (TryName(name))
            output.Write("null"u8);
    }

    public void Bool(ReadOnlySpan<byte> name, bool value)
    {
        if (TryName(name))
            output.Write(value ? "true"u8 : "false"u8);
    }

    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (TryName(name))
            JsonValueWriter.WriteString(output, text);
    }

    /// <param name="nanoseconds">Since 1970.</param>
    public void Time(ReadOnlySpan<byte> name, long nanoseconds)
    {
        if (!TryName(name))
            return;
        output.Write((byte)'"');
        TimeStampWriter.WriteIso(output, nanoseconds);
        output.Write((byte)'"');
    }

    public void Hex(ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        if (!TryName(name))
            return;
        output.Write((byte)'"');
        foreach (byte value in bytes)
            HexWriter.WritePair(output, value);
        output.Write((byte)'"');
    }

    public void Flags(ReadOnlySpan<byte> name, FlagNames names, uint value)
    {
        if (!TryName(name))
            return;
        output.Write((byte)'[');
        bool any = false;
        for (int i = 0; i < names.Count; i++)
        {
            if (!names.IsSet(i, value))
                continue;
            if (any)
                output.Write((byte)',');
            JsonValueWriter.WriteString(output, names.NameAt(i));
            any = true;
        }
        output.Write((byte)']');
    }

    public void Ip4(ReadOnlySpan<byte> name, ReadOnlySpan<byte> address)
    {
        if (!TryName(name))
            return;
        output.Write((byte)'"');
        AddressText.WriteIp4(output, address);
        output.Write((byte)'"');
    }

    public void Ip6(ReadOnlySpan<byte> name, ReadOnlySpan<byte> address)
    {
        if (!TryName(name))
            return;
        output.Write((byte)'"');
        AddressText.WriteIp6(output, address);
        output.Write((byte)'"');
    }

    public void Mac(ReadOnlySpan<byte> name, ReadOnlySpan<byte> address)
    {
        if (!TryName(name))
            return;
        output.Write((byte)'"');
        AddressText.WriteMac(output, address);
        output.Write((byte)'"');
    }

    private bool IsObject => closers[depth - 1] == (byte)'}';

    // Within a list there are no names, so a value there has an empty one. A protocol that gave up inside a list has left it open;
    // what it says then belongs to the object around. Outside of all layers there is nothing to name.
    private bool TryName(ReadOnlySpan<byte> name)
    {
        if (refused > 0 || depth is LayerDepth or >= DeepestNesting || (name.IsEmpty && IsObject))
            return false;
        while (!name.IsEmpty && !IsObject)
            Close();
        Comma();
        if (!name.IsEmpty)
        {
            JsonValueWriter.WriteString(output, name);
            output.Write((byte)':');
        }
        return true;
    }

    private void Comma()
    {
        if (needsComma)
            output.Write((byte)',');
        needsComma = true;
    }

    private void Open(byte opener, byte closer)
    {
        output.Write(opener);
        closers[depth++] = closer;
        needsComma = false;
    }

    private void Close()
    {
        output.Write(closers[--depth]);
        needsComma = true;
    }

    private void CloseTo(int wanted)
    {
        refused = 0;
        while (depth > wanted)
            Close();
    }
}
