namespace Imker.Capture.Dissection;

/// <content>What is named: the fields of JSON.</content>
internal ref partial struct Dissection
{
    public readonly bool HasFields => fields is not null && !IsStopped;

    /// <summary>Begins the fields of a protocol.</summary>
    public readonly void Layer(ReadOnlySpan<byte> protocol)
    {
        if (HasFields)
            fields!.BeginLayer(protocol);
    }

    public readonly void Note(ReadOnlySpan<byte> name, long value)
    {
        if (HasFields)
            fields!.Number(name, value);
    }

    public readonly void Note(ReadOnlySpan<byte> name, ulong value)
    {
        if (HasFields)
            fields!.Number(name, value);
    }

    public readonly void Note(ReadOnlySpan<byte> name, bool value)
    {
        if (HasFields)
            fields!.Bool(name, value);
    }

    public readonly void Note(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (HasFields && !text.IsEmpty)
            fields!.Text(name, text);
    }

    /// <summary>Text that may be empty.</summary>
    public readonly void NoteText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (HasFields)
            fields!.Text(name, text);
    }

    /// <summary>Bytes as a string of hexadecimal digits.</summary>
    public readonly void NoteBytes(ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        if (HasFields)
            fields!.Hex(name, bytes);
    }

    public readonly void NoteFlags(ReadOnlySpan<byte> name, FlagNames names, uint value)
    {
        if (HasFields)
            fields!.Flags(name, names, value);
    }

    public readonly void BeginList(ReadOnlySpan<byte> name)
    {
        if (HasFields)
            fields!.BeginList(name);
    }

    /// <summary>An object in a list.</summary>
    public readonly void BeginItem()
    {
        if (HasFields)
            fields!.BeginItem();
    }

    public readonly void EndItem() => EndList();

    public readonly void EndList()
    {
        if (HasFields)
            fields!.End();
    }

    /// <summary>A decimal number that is both said and named.</summary>
    public readonly void Number(ReadOnlySpan<byte> name, long value)
    {
        Note(name, value);
        Decimal(value);
    }

    public readonly void Number(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name, long value)
    {
        Say(text, value);
        Note(name, value);
    }

    public readonly void NoteTruncated()
    {
        if (HasFields)
            fields!.Truncated = true;
    }
}
