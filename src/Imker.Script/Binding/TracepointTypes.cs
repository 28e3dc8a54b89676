using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>The types of a tracepoint's fields, from what their format says.</summary>
internal static class TracepointTypes
{
    /// <summary>System calls get pointers of their process; all other events point into the kernel.</summary>
    private static AddressSpace SpaceOf(TracepointFormat format) =>
        format.Category == "syscalls" ? AddressSpace.User : AddressSpace.Kernel;

    /// <param name="format">The event.</param>
    /// <param name="field">One of its fields.</param>
    /// <param name="maxString">Bytes of a text whose length the format does not say.</param>
    /// <param name="structs">Finds a structure by name.</param>
    public static ScriptType Of(TracepointFormat format, TracepointField field, int maxString, Func<string, ScriptType?> structs)
    {
        string text = field.TypeText.Replace("const ", "").Replace("volatile ", "").Replace("__data_loc ", "").Replace("__rel_loc ", "").Trim();
        int bracket = text.IndexOf('[');
        if (bracket >= 0)
            text = text[..bracket].Trim();
        int stars = text.Count(c => c == '*');
        string name = text.Replace("*", "").Replace(" const", "").Trim();
        if (field.Location != DataLocation.Inline)
            return name == "char" ? new StringType(maxString) : new ArrayType(NamedOf(name, 1, field.IsSigned, structs), 0);
        if (field.ArrayLength > 0)
            return ArrayOf(field, name, stars, structs);
        return stars > 0
            ? PointerOf(NamedOf(name, 0, field.IsSigned, structs), stars, SpaceOf(format))
            : NamedOf(name, field.Size, field.IsSigned, structs);
    }

    private static ScriptType ArrayOf(TracepointField field, string name, int stars, Func<string, ScriptType?> structs)
    {
        int size = field.Size / field.ArrayLength;
        if (stars == 0 && name == "char")
            return new StringType(field.Size);
        return new ArrayType(stars > 0 ? ScriptType.UInt64 : NamedOf(name, size, field.IsSigned, structs), field.ArrayLength);
    }

    private static ScriptType PointerOf(ScriptType target, int levels, AddressSpace space)
    {
        for (int i = 0; i < levels; i++)
            target = new PointerType(target, space);
        return target;
    }

    /// <summary>A type by name and size; what is no structure and has the size of an integer is one. Size 0: the name alone tells.</summary>
    private static ScriptType NamedOf(string name, int size, bool isSigned, Func<string, ScriptType?> structs)
    {
        if (name == "bool" && size <= 1)
            return ScriptType.Boolean;
        if (size is 1 or 2 or 4 or 8 && !name.StartsWith("struct ") && !name.StartsWith("union "))
            return IntegerType.Of(size, isSigned);
        if (name is "void")
            return ScriptType.None;
        if (WellKnown.IntegerOfWords(name) is { } integer)
            return integer;
        return structs(name) ?? (size > 0 ? new ArrayType(ScriptType.UInt8, size) : ScriptType.None);
    }
}
