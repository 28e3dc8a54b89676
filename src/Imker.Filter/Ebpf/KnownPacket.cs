using Imker.Compiler.Ir;

namespace Imker.Filter.Ebpf;

/// <summary>What is known of the packet at a place in the program, whichever way led there.</summary>
internal sealed class KnownPacket
{
    /// <summary>The pieces that have been loaded.</summary>
    public HashSet<PacketPiece> Pieces { get; init; } = [];

    /// <summary>The pieces that have been loaded on some of the ways; a flag tells on which.</summary>
    public HashSet<PacketPiece> Perhaps { get; init; } = [];

    /// <summary>The offsets whose byte has been made a header's length.</summary>
    public HashSet<uint> HeaderLengths { get; init; } = [];

    /// <summary>The offset whose byte the index register is the header's length of; null when it is something else.</summary>
    public uint? IndexHeader { get; set; }

    /// <summary>The bytes that are certain to be there, counted from the start.</summary>
    public long Checked { get; set; }

    /// <summary>For indices: the pointer that was moved by them, and the bytes that are certain to be there from it on.</summary>
    public Dictionary<IrValue, (IrValue Pointer, long Checked)> Moved { get; init; } = [];

    public KnownPacket Copy() => new()
    {
        Pieces = [.. Pieces], Perhaps = [.. Perhaps], HeaderLengths = [.. HeaderLengths], IndexHeader = IndexHeader, Checked = Checked,
        Moved = new(Moved),
    };

    /// <summary>Forgets what another way does not know.</summary>
    public void Meet(KnownPacket other)
    {
        MeetPieces(other);
        HeaderLengths.IntersectWith(other.HeaderLengths);
        if (IndexHeader != other.IndexHeader)
            IndexHeader = null;
        Checked = Math.Min(Checked, other.Checked);
        foreach ((IrValue index, (IrValue pointer, long length)) in Moved.ToArray())
        {
            if (other.Moved.TryGetValue(index, out (IrValue Pointer, long Checked) there) && there.Pointer == pointer)
                Moved[index] = (pointer, Math.Min(length, there.Checked));
            else
                Moved.Remove(index);
        }
    }

    private void MeetPieces(KnownPacket other)
    {
        Perhaps.UnionWith(other.Perhaps);
        foreach (PacketPiece piece in Pieces)
        {
            if (piece.Base.IsStable && !other.Pieces.Contains(piece))
                Perhaps.Add(piece);
        }
        foreach (PacketPiece piece in other.Pieces)
        {
            if (piece.Base.IsStable && !Pieces.Contains(piece))
                Perhaps.Add(piece);
        }
        Pieces.IntersectWith(other.Pieces);
        Perhaps.ExceptWith(Pieces);
    }
}
