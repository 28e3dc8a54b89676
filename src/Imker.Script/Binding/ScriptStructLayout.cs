using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>Lays out a structure as C does on 64-bit Linux: in order, each field aligned, bit fields side by side in their type.</summary>
internal sealed class ScriptStructLayout(bool isUnion, bool isPacked) : IStructLayout
{
    private readonly List<StructField> fields = [];
    private uint bits;
    private uint size;
    private int alignment = 1;

    public IReadOnlyList<StructField> Fields => fields;

    public int Size => TupleLayout.AlignUp((int)((Math.Max(size, bits) + 7) / 8), alignment);

    public StructField? Find(string name) => fields.Find(field => field.Name == name);

    /// <param name="name">Null for an anonymous member: its fields count as this structure's.</param>
    /// <param name="type">Its type.</param>
    /// <param name="width">Of a bit field: its bits; 0 closes the unit.</param>
    /// <param name="isBitField">Whether it is one.</param>
    public void Add(string? name, ScriptType type, int width, bool isBitField)
    {
        int natural = Alignment(type);
        uint unit = 8 * (uint)Math.Max(1, type.Size);
        if (isUnion)
            bits = 0;
        if (isBitField)
        {
            if (width == 0 || !isPacked && bits / unit != (bits + (uint)width - 1) / unit)
                bits = (bits + unit - 1) / unit * unit;
            if (name is not null)
                fields.Add(StructFields.Place(name, type, bits, width));
            bits += (uint)width;
        }
        else
        {
            bits = (uint)TupleLayout.AlignUp((int)((bits + 7) / 8), isPacked ? 1 : natural) * 8;
            AddWhole(name, type);
            bits += 8 * (uint)type.Size;
        }
        size = Math.Max(size, bits);
        if (!isPacked && (name is not null || !isBitField))
            alignment = Math.Max(alignment, natural);
    }

    private void AddWhole(string? name, ScriptType type)
    {
        if (name is not null)
        {
            fields.Add(StructFields.Place(name, type, bits, 0));
        }
        else if (type is StructType anonymous)
        {
            foreach (StructField field in anonymous.Layout.Fields)
                fields.Add(field with { Offset = field.Offset + (int)(bits / 8) });
        }
    }

    private static int Alignment(ScriptType type) => type switch
    {
        StructType { Layout: ScriptStructLayout layout } => layout.alignment,
        ArrayType array => Alignment(array.Element),
        _ => TupleLayout.AlignmentOf(type),
    };
}
